-- mail_by_message.sql: one mail by the number it went out with, sent within what is kept.
-- In   :message_id text
-- Out  mail_id int, address text, state text
-- Gives many
SELECT mail_id, address, state
  FROM post_mail
 WHERE message_id = :message_id
