-- mark_get.sql: whether an address is marked.
-- In   :address text
-- Out  marked_at int, words text
-- Gives one
SELECT marked_at, words FROM post_mark WHERE address = :address
