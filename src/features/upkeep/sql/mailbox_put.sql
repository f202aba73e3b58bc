-- mailbox_put.sql: a mail has gone out, an address was told, a body was drawn.
-- In   :organisation_id int, :email text, :n_mails int, :since_mail int, :mail_key text, :mail_state text, :mail_on text,
--      :mail_words text, :sampled_month int
-- Gives none
INSERT INTO upkeep_mailbox (organisation_id, email, n_mails, since_mail, mail_key, mail_state, mail_on, mail_words, sampled_month)
VALUES (:organisation_id, :email, :n_mails, :since_mail, :mail_key, :mail_state, :mail_on, :mail_words, :sampled_month)
ON CONFLICT (organisation_id) DO UPDATE
   SET email = excluded.email, n_mails = excluded.n_mails, since_mail = excluded.since_mail, mail_key = excluded.mail_key,
       mail_state = excluded.mail_state, mail_on = excluded.mail_on, mail_words = excluded.mail_words,
       sampled_month = excluded.sampled_month
