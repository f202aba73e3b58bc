-- check_add.sql: an entry drawn.
-- In   :month int, :service_id int, :organisation_id int, :body_id int, :district_id int
-- Gives none
INSERT INTO upkeep_check (month, service_id, organisation_id, body_id, district_id, outcome, wrong, n_calls, checked_on)
VALUES (:month, :service_id, :organisation_id, :body_id, :district_id, '', '', 0, '')
