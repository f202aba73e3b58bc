-- mail_by_key.sql: one mail by its key.
-- In   :key text
-- Out  mail_id int, key text, address text, subject text, body text, organisation_id int, state text, put_at int,
--   due_at int, ended_at int, tries int, words text
-- Gives one
SELECT mail_id, key, address, subject, body, organisation_id, state, put_at, due_at, ended_at, tries, words
  FROM post_mail
 WHERE key = :key
