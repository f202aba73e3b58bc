-- taken_drop.sql: before an entry stops following.
-- In   :service_id int
-- Gives none
DELETE FROM models_taken
 WHERE service_id = :service_id
