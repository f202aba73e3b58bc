-- entry_set_asked.sql: asked by the mail of today, those due soon with those that are due.
-- In   :organisation_id int, :until text
-- Gives none
UPDATE upkeep_service
   SET state = 'asked', waited = 0
 WHERE organisation_id = :organisation_id AND is_shown = 1 AND state = 'kept' AND due_on <= :until
