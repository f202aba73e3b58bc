-- mark_put.sql: a server has refused this address for good.
-- In   :address text, :now int, :words text
-- Gives none
INSERT INTO post_mark (address, marked_at, words) VALUES (:address, :now, :words)
    ON CONFLICT (address) DO UPDATE SET marked_at = excluded.marked_at, words = excluded.words
