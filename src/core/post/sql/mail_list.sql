-- mail_list.sql: mails of a state, in order, after one.
-- In   :state text, :after int, :most int
-- Out  mail_id int, key text, address text, subject text, body text, organisation_id int, state text, put_at int,
--   due_at int, ended_at int, tries int, words text
-- Gives many
SELECT mail_id, key, address, subject, body, organisation_id, state, put_at, due_at, ended_at, tries, words
  FROM post_mail
 WHERE state = :state AND mail_id > :after
 ORDER BY mail_id
 LIMIT :most
