-- moved_of.sql: rows that went along.
-- In   :join_id int
-- Out  what text, row_id int
-- Gives many
SELECT what, row_id
  FROM twins_moved
 WHERE join_id = :join_id
 ORDER BY what, row_id
