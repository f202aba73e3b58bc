-- service_add.sql: a new service; no row when its id, code or source id is taken.
-- In   :uuid text, :code text, :slug text, :organisation_id int, :kind text, :status text, :state text,
--      :name text, :alternate_name text, :summary text, :description text, :url text, :email text,
--      :application_process text, :eligibility text, :wait_time text, :interpretation text,
--      :accreditations text, :licenses text, :fees text, :isee_note text, :intake text, :alert text, :fee text,
--      :ways int, :min_age real?, :max_age real?, :places_free int?, :places_on text?, :starts_on text?, :ends_on text?,
--      :apply_by text?, :program_uuid text, :assurer_email text, :confirmed_on text?, :confirmed_how text,
--      :confirmed_by text, :needs text, :targets text, :parts text, :more text, :source text, :source_id text,
--      :is_demo int, :initiative_year int, :sum int, :change_no int, :changed_at int
-- Out  service_id int
-- Gives one
INSERT INTO catalogue_service (uuid, code, slug, organisation_id, kind, status, state, name, alternate_name, summary, description, url,
    email, application_process, eligibility, wait_time, interpretation, accreditations, licenses, fees,
    isee_note, intake, alert, fee, ways, min_age, max_age, places_free, places_on, starts_on, ends_on, apply_by,
    program_uuid, assurer_email, confirmed_on, confirmed_how, confirmed_by, needs, targets, parts, more,
    source, source_id, is_demo, initiative_year, sum, change_no, changed_at)
VALUES (:uuid, :code, :slug, :organisation_id, :kind, :status, :state, :name, :alternate_name, :summary,
    :description, :url, :email, :application_process, :eligibility, :wait_time, :interpretation,
    :accreditations, :licenses, :fees, :isee_note, :intake, :alert, :fee, :ways, :min_age, :max_age,
    :places_free, :places_on, :starts_on, :ends_on, :apply_by, :program_uuid, :assurer_email, :confirmed_on,
    :confirmed_how, :confirmed_by, :needs, :targets, :parts, :more, :source, :source_id, :is_demo,
    :initiative_year, :sum, :change_no, :changed_at)
ON CONFLICT DO NOTHING
RETURNING service_id
