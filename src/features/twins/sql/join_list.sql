-- join_list.sql: what was made one, the latest first.
-- In   :most int
-- Out  join_id int, kind text, merged_id int, kept_id int, pair_id int, batch text, by_body text, joined_at int,
--      parted_at int, parted_by text
-- Gives many
SELECT join_id, kind, merged_id, kept_id, pair_id, batch, by_body, joined_at, parted_at, parted_by
  FROM twins_join
 ORDER BY join_id DESC
 LIMIT :most
