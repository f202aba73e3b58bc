-- mailbox_waiting.sql: bodies whose last mail is on its way, or came back after it was taken.
-- Out  organisation_id int, mail_key text, mail_state text
-- Gives many
SELECT organisation_id, mail_key, mail_state
  FROM upkeep_mailbox
 WHERE mail_state = 'waiting' OR (mail_state = 'sent' AND since_mail <= 7)
 ORDER BY organisation_id
