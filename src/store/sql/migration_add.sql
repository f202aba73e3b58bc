-- migration_add.sql: one step was applied; a second program that did the same clashes here.
-- In    :slice text, :number int, :name text, :checksum text, :at int
INSERT INTO store_migration (slice, number, name, checksum, applied_at)
VALUES (:slice, :number, :name, :checksum, :at)
