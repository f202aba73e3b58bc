-- intervention_clear.sql: empties programme_intervention before the reference table is loaded again.
-- Gives none
DELETE FROM programme_intervention
