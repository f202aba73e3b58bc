-- look_set.sql: how far this look went.
-- In   :kind text, :since int, :goal int, :after_id int
-- Gives none
UPDATE twins_look
   SET since = :since, goal = :goal, after_id = :after_id
 WHERE kind = :kind
