-- alias_drop.sql: an entry stands for itself again.
-- In   :service_id int
-- Gives none
DELETE FROM catalogue_alias
 WHERE service_id = :service_id
