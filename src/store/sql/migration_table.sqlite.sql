-- migration_table.sqlite.sql: is there a table of applied steps (0 in an empty database)?
-- Out   n int
-- Gives one
SELECT COUNT(*) AS n FROM sqlite_schema WHERE name = 'store_migration'
