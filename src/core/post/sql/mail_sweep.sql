-- mail_sweep.sql: forgets mails that ended long ago.
-- In   :before int
-- Gives none
DELETE FROM post_mail WHERE ended_at > 0 AND ended_at < :before
