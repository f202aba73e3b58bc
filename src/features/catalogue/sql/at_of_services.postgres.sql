-- at_of_services.postgres.sql: where services are given, with the location; services by their keys with commas between them.
-- In   :ids text
-- Out  service_id int, at_uuid text, at_description text, at_parts text, location_id int, uuid text, type text,
--      name text, alternate_name text, description text, transportation text, url text,
--      external_identifier text, external_identifier_type text, comune_id int?, prov text, quarter text,
--      lat real?, lon real?, is_point_of_town int, is_secret int, organisation_id int?, parts text,
--      source text, source_id text, changed_at int, comune_name text?, comune_slug text?
-- Gives many
SELECT a.service_id, a.uuid AS at_uuid, a.description AS at_description, a.parts AS at_parts,
       l.location_id, l.uuid, l.type, l.name, l.alternate_name, l.description, l.transportation, l.url,
       l.external_identifier, l.external_identifier_type, l.comune_id, l.prov, l.quarter, l.lat, l.lon,
       l.is_point_of_town, l.is_secret, l.organisation_id, l.parts, l.source, l.source_id,
       l.changed_at, p.name AS comune_name, p.slug AS comune_slug
  FROM catalogue_at a
  JOIN catalogue_location l ON l.location_id = a.location_id
  LEFT JOIN pub_place p ON p.area_id = l.comune_id
 WHERE a.service_id = ANY (CAST(string_to_array(:ids, ',') AS BIGINT[]))
 ORDER BY a.service_id, a.position, a.at_id
