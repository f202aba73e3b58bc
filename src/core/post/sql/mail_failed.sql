-- mail_failed.sql: mails that were refused or given up since an instant.
-- In   :since int
-- Out  mail_id int, key text, address text, subject text, body text, organisation_id int, state text, put_at int,
--   due_at int, ended_at int, tries int, words text
-- Gives many
SELECT mail_id, key, address, subject, body, organisation_id, state, put_at, due_at, ended_at, tries, words
  FROM post_mail
 WHERE ended_at >= :since AND state IN ('bounced', 'given-up')
 ORDER BY ended_at, mail_id
