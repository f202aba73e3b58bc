-- feed_drop.sql: a feed that is not asked any more; what hangs on it first.
-- In   :feed_id int
-- Gives none
DELETE FROM exchange_feed
 WHERE feed_id = :feed_id
