-- service_set_state.sql: shown, hidden or gone.
-- In   :service_id int, :state text, :change_no int, :changed_at int
-- Gives none
UPDATE catalogue_service
   SET state = :state, change_no = :change_no, changed_at = :changed_at
 WHERE service_id = :service_id
