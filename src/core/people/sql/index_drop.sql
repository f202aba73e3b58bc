-- index_drop.sql: one digest of a record is taken away.
-- In   :digest int, :record_id int
-- Gives none
DELETE FROM people_index
 WHERE digest = :digest AND record_id = :record_id
