-- regulation_by_source.sql: the regulation that a set of the demo made; an empty key finds none.
-- In   :source_key text
-- Out  regulation_id int
-- Gives many
SELECT regulation_id
  FROM regulations_regulation
 WHERE source_key = :source_key AND :source_key <> ''
