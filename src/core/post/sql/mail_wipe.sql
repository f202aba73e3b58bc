-- mail_wipe.sql: texts of mails that failed a while ago: nobody will send them again.
-- In   :before int
-- Gives none
UPDATE post_mail SET body = '', unsubscribe = '' WHERE ended_at > 0 AND ended_at < :before AND body <> ''
