-- refusal_drop.sql: those of the pull before.
-- In   :feed_id int
-- Gives none
DELETE FROM exchange_refusal
 WHERE feed_id = :feed_id
