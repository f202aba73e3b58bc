-- join_add.sql: two were made one.
-- In   :kind text, :merged_id int, :kept_id int, :pair_id int, :batch text, :by_body text, :joined_at int
-- Out  join_id int
-- Gives one
INSERT INTO twins_join (kind, merged_id, kept_id, pair_id, batch, by_body, joined_at, parted_at, parted_by)
VALUES (:kind, :merged_id, :kept_id, :pair_id, :batch, :by_body, :joined_at, 0, '')
RETURNING join_id
