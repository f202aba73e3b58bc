-- join_of_merged.sql: how something that is merged now came to be.
-- In   :kind text, :merged_id int
-- Out  join_id int
-- Gives one
SELECT join_id
  FROM twins_join
 WHERE kind = :kind AND merged_id = :merged_id AND parted_at = 0
 ORDER BY join_id DESC
 LIMIT 1
