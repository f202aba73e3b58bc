-- organisation_of_ids.postgres.sql: organisations by their keys, with commas between them.
-- In   :ids text
-- Out  organisation_id int, uuid text, slug text, name text, alternate_name text, kind text, description text,
--      email text, website text, phone text, body_id int?, body_code text?, body_slug text?, comune_id int?,
--      comune_name text?, comune_slug text?, tax_id text, tax_status text, legal_status text, logo text,
--      uri text, parent_uuid text, year_incorporated int, parts text, source text, source_id text,
--      is_demo int, state text, changed_at int
-- Gives many
SELECT o.organisation_id, o.uuid, o.slug, o.name, o.alternate_name, o.kind, o.description, o.email, o.website,
       o.phone, o.body_id, b.code AS body_code, ba.slug AS body_slug, o.comune_id, p.name AS comune_name,
       p.slug AS comune_slug, o.tax_id, o.tax_status, o.legal_status, o.logo, o.uri, o.parent_uuid,
       o.year_incorporated, o.parts, o.source, o.source_id, o.is_demo, o.state, o.changed_at
  FROM organisation o
  LEFT JOIN body b ON b.body_id = o.body_id
  LEFT JOIN pub_place ba ON ba.area_id = b.area_id
  LEFT JOIN pub_place p ON p.area_id = o.comune_id
 WHERE o.organisation_id = ANY (CAST(string_to_array(:ids, ',') AS BIGINT[]))
 ORDER BY o.organisation_id
