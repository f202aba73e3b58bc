-- migration_list.sql: the steps that were applied to this database, of all slices.
-- Out   slice text, number int, name text, checksum text
-- Gives many
SELECT slice, number, name, checksum
  FROM store_migration
 ORDER BY slice, number
