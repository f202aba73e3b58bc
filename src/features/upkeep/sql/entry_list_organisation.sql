-- entry_list_organisation.sql: no mail reaches this body: its due entries go to the managing body's list.
-- In   :organisation_id int, :until text, :why text
-- Gives none
UPDATE upkeep_service
   SET state = 'listed', waited = 0, listed_why = :why
 WHERE organisation_id = :organisation_id AND is_shown = 1
   AND ((state = 'kept' AND due_on <= :until) OR state IN ('asked', 'reminded'))
