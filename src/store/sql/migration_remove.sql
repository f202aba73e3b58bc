-- migration_remove.sql: one step was undone.
-- In    :slice text, :number int
DELETE FROM store_migration WHERE slice = :slice AND number = :number
