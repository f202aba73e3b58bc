-- alias_drop.sql: an organisation stands for itself again.
-- In   :organisation_id int
-- Gives none
DELETE FROM organisation_alias
 WHERE organisation_id = :organisation_id
