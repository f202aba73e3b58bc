-- alias_of.sql: the entries that were joined to one, the latest first.
-- In   :kept_id int
-- Out  service_id int
-- Gives many
SELECT service_id
  FROM catalogue_alias
 WHERE kept_id = :kept_id
 ORDER BY merged_at DESC, service_id DESC
