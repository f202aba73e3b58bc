-- mail_give_up.sql: mails whose first try is too long ago.
-- In   :tried_before int, :now int
-- Gives none
UPDATE post_mail
   SET state = 'given-up', ended_at = :now
 WHERE state = 'waiting' AND first_try_at > 0 AND first_try_at < :tried_before
