-- mail_came_back.sql: a mail that was sent has come back.
-- In   :mail_id int, :now int, :words text
-- Gives none
UPDATE post_mail
   SET state = 'bounced', ended_at = :now, words = :words
 WHERE mail_id = :mail_id AND state = 'sent'
