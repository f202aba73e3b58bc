-- mail_later.sql: not taken now, to be tried again.
-- In   :mail_id int, :due_at int, :now int, :tries int, :words text
-- Gives none
UPDATE post_mail
   SET due_at = :due_at, tries = :tries, words = :words,
       first_try_at = CASE WHEN first_try_at = 0 THEN :now ELSE first_try_at END
 WHERE mail_id = :mail_id AND state = 'waiting'
