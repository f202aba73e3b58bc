-- service_places_said.sql: the number of free places still holds on that day.
-- In   :service_id int, :places_on text, :change_no int, :changed_at int
-- Gives none
UPDATE catalogue_service
   SET places_on = :places_on, change_no = :change_no, changed_at = :changed_at
 WHERE service_id = :service_id AND places_free IS NOT NULL
