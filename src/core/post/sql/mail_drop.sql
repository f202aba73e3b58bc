-- mail_drop.sql: withdraws one that waits.
-- In   :key text, :now int
-- Gives none
UPDATE post_mail
   SET state = 'dropped', ended_at = :now, body = '', unsubscribe = ''
 WHERE key = :key AND state = 'waiting'
