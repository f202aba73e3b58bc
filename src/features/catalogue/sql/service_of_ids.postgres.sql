-- service_of_ids.postgres.sql: services by their keys, with commas between them.
-- In   :ids text
-- Out  service_id int, uuid text, slug text, organisation_id int, kind text, status text, state text,
--      name text, alternate_name text, summary text, description text, url text, email text,
--      application_process text, eligibility text, wait_time text, interpretation text, accreditations text,
--      licenses text, fees text, isee_note text, intake text, alert text, fee text, ways int, min_age real?,
--      max_age real?, places_free int?, places_on text?, starts_on text?, ends_on text?, apply_by text?, program_uuid text,
--      assurer_email text, confirmed_on text?, confirmed_how text, confirmed_by text, needs text, targets text,
--      parts text, more text, source text, source_id text, is_demo int, initiative_year int, due_state int, change_no int,
--      changed_at int, organisation_uuid text, organisation_name text, organisation_slug text,
--      organisation_kind text, organisation_phone text
-- Gives many
SELECT s.service_id, s.uuid, s.slug, s.organisation_id, s.kind, s.status, s.state, s.name,
       s.alternate_name, s.summary, s.description, s.url, s.email, s.application_process,
       s.eligibility, s.wait_time, s.interpretation, s.accreditations, s.licenses, s.fees, s.isee_note,
       s.intake, s.alert, s.fee, s.ways, s.min_age, s.max_age, s.places_free, s.places_on, s.starts_on, s.ends_on,
       s.apply_by, s.program_uuid, s.assurer_email, s.confirmed_on, s.confirmed_how, s.confirmed_by,
       s.needs, s.targets, s.parts, s.more, s.source, s.source_id, s.is_demo, s.initiative_year, s.due_state,
       s.change_no, s.changed_at, o.uuid AS organisation_uuid, o.name AS organisation_name,
       o.slug AS organisation_slug, o.kind AS organisation_kind, o.phone AS organisation_phone
  FROM catalogue_service s
  JOIN pub_organisation o ON o.organisation_id = s.organisation_id
 WHERE s.service_id = ANY (CAST(string_to_array(:ids, ',') AS BIGINT[]))
 ORDER BY s.service_id
