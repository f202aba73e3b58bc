-- pull_drop.sql: what is older than the last few.
-- In   :feed_id int, :before int
-- Gives none
DELETE FROM exchange_pull
 WHERE feed_id = :feed_id AND pull_id < :before
