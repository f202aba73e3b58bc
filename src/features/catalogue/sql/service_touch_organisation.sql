-- service_touch_organisation.sql: the services of an organisation that changed have changed.
-- In   :organisation_id int, :change_no int, :changed_at int
-- Gives none
UPDATE catalogue_service
   SET change_no = :change_no, changed_at = :changed_at
 WHERE organisation_id = :organisation_id
