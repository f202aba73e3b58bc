-- key_drop.sql: the numbers of one thing go.
-- In   :kind text, :thing_id int
-- Gives none
DELETE FROM twins_key
 WHERE kind = :kind AND thing_id = :thing_id
