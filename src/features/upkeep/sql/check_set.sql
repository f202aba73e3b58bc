-- check_set.sql: what the call found.
-- In   :month int, :service_id int, :outcome text, :wrong text, :n_calls int, :checked_on text
-- Gives none
UPDATE upkeep_check
   SET outcome = :outcome, wrong = :wrong, n_calls = :n_calls, checked_on = :checked_on
 WHERE month = :month AND service_id = :service_id
