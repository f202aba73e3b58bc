-- index_find.sql: the records that have a digest, up to one more than a block may hold.
-- In   :digest int, :most int
-- Out  record_id int
-- Gives many
SELECT record_id
  FROM people_index
 WHERE digest = :digest
 ORDER BY record_id
 LIMIT :most
