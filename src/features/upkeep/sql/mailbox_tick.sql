-- mailbox_tick.sql: one round since the last mail.
-- Gives none
UPDATE upkeep_mailbox
   SET since_mail = since_mail + 1
 WHERE n_mails > 0
