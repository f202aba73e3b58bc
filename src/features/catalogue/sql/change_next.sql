-- change_next.sql: a new number, for what this transaction changes.
-- Out  n int
-- Gives one
UPDATE catalogue_change
   SET n = n + 1
RETURNING n
