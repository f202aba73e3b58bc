-- look_get.sql: how far the last look went.
-- In   :kind text
-- Out  since int, goal int, after_id int
-- Gives one
SELECT since, goal, after_id
  FROM twins_look
 WHERE kind = :kind
