-- entry_tick.sql: one round of silence more. Who has not been reached by the mail is not silent.
-- Gives none
UPDATE upkeep_service
   SET waited = waited + 1
 WHERE is_shown = 1
   AND (state = 'listed'
        OR (state IN ('asked', 'reminded')
            AND organisation_id IN (SELECT organisation_id FROM upkeep_mailbox WHERE mail_state = 'sent')))
