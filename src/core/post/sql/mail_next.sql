-- mail_next.sql: how many wait, and when the next is due.
-- Out  n int, due_at int?
-- Gives one
SELECT count(*), min(due_at) AS due_at FROM post_mail WHERE state = 'waiting'
