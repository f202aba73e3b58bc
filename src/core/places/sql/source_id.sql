-- source_id.sql: the number of a source.
-- In   :label text
-- Out  source_id int
-- Gives one
SELECT source_id
  FROM place_source
 WHERE label = :label
