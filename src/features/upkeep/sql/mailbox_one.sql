-- mailbox_one.sql: what is known of the mail of an organisation.
-- In   :organisation_id int
-- Out  email text, n_mails int, since_mail int, mail_key text, mail_state text, mail_on text, mail_words text, sampled_month int
-- Gives one
SELECT email, n_mails, since_mail, mail_key, mail_state, mail_on, mail_words, sampled_month
  FROM upkeep_mailbox
 WHERE organisation_id = :organisation_id
