-- refusals.sql: what was refused of the last pull.
-- In   :feed_id int, :limit int
-- Out  row_no int, field text, message text, value text
-- Gives many
SELECT row_no, field, message, value
  FROM exchange_refusal
 WHERE feed_id = :feed_id
 ORDER BY position LIMIT :limit
