-- service_touch_location.sql: the services at a location that changed have changed.
-- In   :location_id int, :change_no int, :changed_at int
-- Gives none
UPDATE catalogue_service
   SET change_no = :change_no, changed_at = :changed_at
 WHERE service_id IN (SELECT a.service_id FROM catalogue_at a WHERE a.location_id = :location_id)
