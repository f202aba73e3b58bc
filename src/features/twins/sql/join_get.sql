-- join_get.sql: one of those that were made one.
-- In   :join_id int
-- Out  join_id int, kind text, merged_id int, kept_id int, pair_id int, batch text, by_body text, joined_at int,
--      parted_at int, parted_by text
-- Gives one
SELECT join_id, kind, merged_id, kept_id, pair_id, batch, by_body, joined_at, parted_at, parted_by
  FROM twins_join
 WHERE join_id = :join_id
