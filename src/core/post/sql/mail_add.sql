-- mail_add.sql: a mail into the outbox; changes nothing when one of that key was put before.
-- In   :key text, :address text, :subject text, :body text, :reply_to text, :unsubscribe text, :organisation_id int,
--   :message_id text, :state text, :now int, :ended_at int, :words text
-- Gives none
INSERT INTO post_mail (key, address, subject, body, reply_to, unsubscribe, organisation_id, message_id, state,
                       put_at, due_at, first_try_at, ended_at, tries, words)
VALUES (:key, :address, :subject, :body, :reply_to, :unsubscribe, :organisation_id, :message_id, :state,
        :now, :now, 0, :ended_at, 0, :words)
    ON CONFLICT (key) DO NOTHING
