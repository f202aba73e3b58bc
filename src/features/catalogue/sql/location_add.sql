-- location_add.sql: a new location; no row when its id or source id is taken.
-- In   :uuid text, :type text, :name text, :alternate_name text, :description text, :transportation text,
--      :url text, :external_identifier text, :external_identifier_type text, :comune_id int?, :prov text,
--      :quarter text, :lat real?, :lon real?, :is_point_of_town int, :is_secret int, :organisation_id int?,
--      :parts text, :source text, :source_id text, :sum int, :changed_at int
-- Out  location_id int
-- Gives one
INSERT INTO catalogue_location (uuid, type, name, alternate_name, description, transportation, url, external_identifier,
    external_identifier_type, comune_id, prov, quarter, lat, lon, is_point_of_town, is_secret,
    organisation_id, parts, source, source_id, sum, changed_at)
VALUES (:uuid, :type, :name, :alternate_name, :description, :transportation, :url, :external_identifier,
    :external_identifier_type, :comune_id, :prov, :quarter, :lat, :lon, :is_point_of_town, :is_secret,
    :organisation_id, :parts, :source, :source_id, :sum, :changed_at)
ON CONFLICT DO NOTHING
RETURNING location_id
