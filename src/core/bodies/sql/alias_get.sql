-- alias_get.sql: what an organisation was joined to.
-- In   :organisation_id int
-- Out  kept_id int
-- Gives one
SELECT kept_id
  FROM organisation_alias
 WHERE organisation_id = :organisation_id
