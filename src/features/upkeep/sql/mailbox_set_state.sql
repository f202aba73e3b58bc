-- mailbox_set_state.sql: how the last mail went.
-- In   :organisation_id int, :mail_state text, :mail_words text
-- Gives none
UPDATE upkeep_mailbox
   SET mail_state = :mail_state, mail_words = :mail_words
 WHERE organisation_id = :organisation_id
