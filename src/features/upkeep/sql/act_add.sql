-- act_add.sql: what was done, and how the entry stood before.
-- In   :batch text, :service_id int, :organisation_id int, :kind text, :done_at int, :confirmed_on text, :confirmed_how text,
--      :confirmed_by text, :due_on text, :state text, :waited int, :verified_on text, :service_state text, :corrections text
-- Gives none
INSERT INTO upkeep_act (batch, service_id, organisation_id, kind, done_at, confirmed_on, confirmed_how, confirmed_by, due_on,
       state, waited, verified_on, service_state, corrections, is_undone)
VALUES (:batch, :service_id, :organisation_id, :kind, :done_at, :confirmed_on, :confirmed_how, :confirmed_by, :due_on,
       :state, :waited, :verified_on, :service_state, :corrections, 0)
