-- migration_table.postgres.sql: is there a table of applied steps (0 in an empty database)?
-- Out   n int
-- Gives one
SELECT COUNT(*) AS n
  FROM information_schema.tables
 WHERE table_schema = current_schema() AND table_name = 'store_migration'
