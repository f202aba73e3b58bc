-- copy_drop.sql: an entry follows no model any more.
-- In   :service_id int
-- Gives none
DELETE FROM models_copy
 WHERE service_id = :service_id
