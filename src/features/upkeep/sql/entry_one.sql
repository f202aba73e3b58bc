-- entry_one.sql: how one entry stands.
-- In   :service_id int
-- Out  service_id int, organisation_id int, body_id int, district_id int, is_shown int, rhythm_months int, due_on text, state text,
--      waited int, n_calls int, called_on text, seen_confirmed_on text, listed_why text, verified_on text, hidden_on text, hidden_why text,
--      lasting int, slug text, name text, service_state text, confirmed_on text?, due_state int, change_no int, n_corrections int
-- Gives one
SELECT u.service_id, u.organisation_id, u.body_id, u.district_id, u.is_shown, u.rhythm_months, u.due_on, u.state,
       u.waited, u.n_calls, u.called_on, u.seen_confirmed_on, u.listed_why, u.verified_on, u.hidden_on, u.hidden_why,
       u.lasting, s.slug, s.name, s.state AS service_state, s.confirmed_on, s.due_state, s.change_no,
       (SELECT COUNT(*) FROM upkeep_correction k WHERE k.service_id = u.service_id AND k.outcome = '') AS n_corrections
  FROM upkeep_service u
  JOIN pub_catalogue_service s ON s.service_id = u.service_id
 WHERE u.service_id = :service_id
