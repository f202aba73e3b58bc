-- entry_list_silent.sql: reminded and silent: the managing body's list.
-- In   :list_rounds int
-- Gives none
UPDATE upkeep_service
   SET state = 'listed', waited = 0, listed_why = 'silence'
 WHERE state = 'reminded' AND waited >= :list_rounds AND is_shown = 1
