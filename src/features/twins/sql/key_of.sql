-- key_of.sql: things that have one number.
-- In   :kind text, :key int, :most int
-- Out  thing_id int
-- Gives many
SELECT thing_id
  FROM twins_key
 WHERE kind = :kind AND key = :key
 ORDER BY thing_id
 LIMIT :most
