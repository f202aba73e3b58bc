-- mail_end.sql: how a mail that waited has ended; of one that was sent what may hold a key is wiped.
-- In   :mail_id int, :state text, :now int, :tries int, :words text
-- Gives none
UPDATE post_mail
   SET state = :state, ended_at = :now, tries = :tries, words = :words,
       body = CASE WHEN :state = 'sent' THEN '' ELSE body END,
       unsubscribe = CASE WHEN :state = 'sent' THEN '' ELSE unsubscribe END
 WHERE mail_id = :mail_id AND state = 'waiting'
