-- check_of_body.sql: entries drawn that a managing body has still to telephone about, and those of this month done.
-- In   :body_id int, :month int, :since int
-- Out  month int, service_id int, outcome text, wrong text, n_calls int, checked_on text
-- Gives many
SELECT k.month, k.service_id, k.outcome, k.wrong, k.n_calls, k.checked_on
  FROM upkeep_check k
  JOIN upkeep_service u ON u.service_id = k.service_id
 WHERE u.body_id = :body_id AND u.is_shown = 1
   AND ((k.outcome IN ('', 'nobody') AND k.month >= :since) OR k.month = :month)
 ORDER BY k.month, k.organisation_id, k.service_id
