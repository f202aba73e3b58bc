-- location_of_ids.postgres.sql: locations by their keys, with commas between them.
-- In   :ids text
-- Out  location_id int, uuid text, type text, name text, alternate_name text, description text,
--      transportation text, url text, external_identifier text, external_identifier_type text, comune_id int?,
--      prov text, quarter text, lat real?, lon real?, is_point_of_town int, is_secret int,
--      organisation_id int?, parts text, source text, source_id text, changed_at int, comune_name text?,
--      comune_slug text?
-- Gives many
SELECT l.location_id, l.uuid, l.type, l.name, l.alternate_name, l.description, l.transportation, l.url,
       l.external_identifier, l.external_identifier_type, l.comune_id, l.prov, l.quarter, l.lat, l.lon,
       l.is_point_of_town, l.is_secret, l.organisation_id, l.parts, l.source, l.source_id,
       l.changed_at, p.name AS comune_name, p.slug AS comune_slug
  FROM catalogue_location l
  LEFT JOIN pub_place p ON p.area_id = l.comune_id
 WHERE l.location_id = ANY (CAST(string_to_array(:ids, ',') AS BIGINT[]))
 ORDER BY l.location_id
