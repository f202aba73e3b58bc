-- mail_retry.sql: due at once, as if it had never been tried.
-- In   :mail_id int, :now int
-- Gives none
UPDATE post_mail
   SET state = 'waiting', due_at = :now, first_try_at = 0, tries = 0, ended_at = 0
 WHERE mail_id = :mail_id AND body <> '' AND state IN ('waiting', 'bounced', 'given-up')
