-- entry_set_reminded.sql: the reminder of today.
-- In   :organisation_id int, :remind_rounds int
-- Gives none
UPDATE upkeep_service
   SET state = 'reminded', waited = 0
 WHERE organisation_id = :organisation_id AND is_shown = 1 AND state = 'asked' AND waited >= :remind_rounds
