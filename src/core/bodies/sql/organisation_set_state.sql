-- organisation_set_state.sql: shown, hidden or gone.
-- In   :organisation_id int, :state text, :changed_at int
-- Gives none
UPDATE organisation
   SET state = :state, changed_at = :changed_at
 WHERE organisation_id = :organisation_id
