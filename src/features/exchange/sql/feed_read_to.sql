-- feed_read_to.sql: how far a feed was read.
-- In   :feed_id int, :read_to text, :whole_at int
-- Gives none
UPDATE exchange_feed
   SET read_to = :read_to, whole_at = :whole_at
 WHERE feed_id = :feed_id
