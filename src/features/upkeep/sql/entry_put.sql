-- entry_put.sql: an entry seen for the first time, or again.
-- In   :service_id int, :organisation_id int, :body_id int, :district_id int, :is_shown int, :rhythm_months int, :due_on text,
--      :state text, :waited int, :n_calls int, :called_on text, :seen_confirmed_on text, :listed_why text, :verified_on text,
--      :hidden_on text, :hidden_why text, :lasting int
-- Gives none
INSERT INTO upkeep_service (service_id, organisation_id, body_id, district_id, is_shown, rhythm_months, due_on, state, waited,
       n_calls, called_on, seen_confirmed_on, listed_why, verified_on, hidden_on, hidden_why, lasting)
VALUES (:service_id, :organisation_id, :body_id, :district_id, :is_shown, :rhythm_months, :due_on, :state, :waited,
       :n_calls, :called_on, :seen_confirmed_on, :listed_why, :verified_on, :hidden_on, :hidden_why, :lasting)
ON CONFLICT (service_id) DO UPDATE
   SET organisation_id = excluded.organisation_id, body_id = excluded.body_id, district_id = excluded.district_id,
       is_shown = excluded.is_shown, rhythm_months = excluded.rhythm_months, due_on = excluded.due_on, state = excluded.state,
       waited = excluded.waited, n_calls = excluded.n_calls, called_on = excluded.called_on,
       seen_confirmed_on = excluded.seen_confirmed_on, listed_why = excluded.listed_why, verified_on = excluded.verified_on,
       hidden_on = excluded.hidden_on, hidden_why = excluded.hidden_why, lasting = excluded.lasting
