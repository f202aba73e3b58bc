-- location_set.sql: a location as its source now says it is.
-- In   :location_id int, :type text, :name text, :alternate_name text, :description text, :transportation text,
--      :url text, :external_identifier text, :external_identifier_type text, :comune_id int?, :prov text,
--      :quarter text, :lat real?, :lon real?, :is_point_of_town int, :is_secret int, :organisation_id int?,
--      :parts text, :sum int, :changed_at int
-- Gives none
UPDATE catalogue_location
   SET type = :type, name = :name, alternate_name = :alternate_name, description = :description,
       transportation = :transportation, url = :url, external_identifier = :external_identifier,
       external_identifier_type = :external_identifier_type, comune_id = :comune_id, prov = :prov,
       quarter = :quarter, lat = :lat, lon = :lon, is_point_of_town = :is_point_of_town,
       is_secret = :is_secret, organisation_id = :organisation_id, parts = :parts, sum = :sum,
       changed_at = :changed_at
 WHERE location_id = :location_id
