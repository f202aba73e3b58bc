-- alias_get.sql: what an entry was joined to.
-- In   :service_id int
-- Out  kept_id int
-- Gives one
SELECT kept_id
  FROM catalogue_alias
 WHERE service_id = :service_id
