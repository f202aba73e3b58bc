-- check_sums.sql: what the calls of the samples found, by organisation.
-- In   :since int
-- Out  organisation_id int, body_id int, district_id int, n_checked int, n_wrong int
-- Gives many
SELECT organisation_id, body_id, district_id, COUNT(*) AS n_checked, COUNT(CASE WHEN outcome = 'wrong' THEN 1 END) AS n_wrong
  FROM upkeep_check
 WHERE outcome IN ('right', 'wrong') AND month >= :since
 GROUP BY organisation_id, body_id, district_id
 ORDER BY organisation_id, body_id, district_id
