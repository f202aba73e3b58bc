-- at_clear.sql: a service is given nowhere.
-- In   :service_id int
-- Gives none
DELETE FROM catalogue_at
 WHERE service_id = :service_id
