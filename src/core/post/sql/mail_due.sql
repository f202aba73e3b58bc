-- mail_due.sql: what is to be sent now, the one that waits longest first.
-- In   :now int, :most int
-- Out  mail_id int, address text, subject text, body text, reply_to text, unsubscribe text, message_id text,
--   first_try_at int, tries int
-- Gives many
SELECT mail_id, address, subject, body, reply_to, unsubscribe, message_id, first_try_at, tries
  FROM post_mail
 WHERE state = 'waiting' AND due_at <= :now
 ORDER BY due_at, mail_id
 LIMIT :most
