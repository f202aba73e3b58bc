-- owner_drop.sql: a field is nobody's own any more.
-- In   :service_id int, :field text
-- Gives none
DELETE FROM catalogue_field_owner
 WHERE service_id = :service_id AND field = :field
