-- at_add.sql: a service is given at a location; no row when its id is taken.
-- In   :uuid text, :service_id int, :location_id int, :position int, :description text, :parts text
-- Gives none
INSERT INTO catalogue_at (uuid, service_id, location_id, position, description, parts)
VALUES (:uuid, :service_id, :location_id, :position, :description, :parts)
ON CONFLICT (uuid) DO NOTHING
