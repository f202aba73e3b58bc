-- service_set_due.sql: how it stands with its rhythm. Its content is the same: changed_at stays.
-- In   :service_id int, :due_state int, :change_no int
-- Gives none
UPDATE catalogue_service
   SET due_state = :due_state, change_no = :change_no
 WHERE service_id = :service_id
