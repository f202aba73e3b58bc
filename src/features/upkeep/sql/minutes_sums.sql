-- minutes_sums.sql: time of upkeep by body since a month.
-- In   :since int
-- Out  organisation_id int, seconds int, n_entries int, body_id int?, district_id int?
-- Gives many
SELECT m.organisation_id, m.seconds, COALESCE(u.n, 0) AS n_entries, u.body_id, u.district_id
  FROM (SELECT organisation_id, CAST(SUM(seconds) AS INTEGER) AS seconds FROM upkeep_minutes WHERE month >= :since
         GROUP BY organisation_id) m
  LEFT JOIN (SELECT organisation_id, COUNT(*) AS n, MAX(body_id) AS body_id, MAX(district_id) AS district_id FROM upkeep_service
              WHERE is_shown = 1 GROUP BY organisation_id) u ON u.organisation_id = m.organisation_id
 ORDER BY m.organisation_id
