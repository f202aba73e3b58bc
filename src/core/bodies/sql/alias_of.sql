-- alias_of.sql: the organisations that were joined to one, the latest first.
-- In   :kept_id int
-- Out  organisation_id int
-- Gives many
SELECT organisation_id
  FROM organisation_alias
 WHERE kept_id = :kept_id
 ORDER BY merged_at DESC, organisation_id DESC
