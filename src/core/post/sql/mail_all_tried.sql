-- mail_all_tried.sql: the mail server itself was not there: a try for all that were due.
-- In   :now int, :words text
-- Gives none
UPDATE post_mail
   SET words = :words, first_try_at = CASE WHEN first_try_at = 0 THEN :now ELSE first_try_at END
 WHERE state = 'waiting' AND due_at <= :now
