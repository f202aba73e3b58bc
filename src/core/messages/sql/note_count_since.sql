-- note_count_since.sql: how many notes arrived since an instant, from anybody: the cap by hour.
-- In   :since int
-- Out  n int
-- Gives one
SELECT count(*)
  FROM messages_note
 WHERE received_at >= :since
