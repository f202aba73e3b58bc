-- body_calls.sql: managing bodies with entries, and how many of these want a call: for the Region's choice of a list.
-- Out  body_id int, n_calls int
-- Gives many
SELECT u.body_id, COUNT(CASE WHEN s.state = 'shown' AND (u.state IN ('listed', 'sunk')
       OR EXISTS (SELECT 1 FROM upkeep_correction k WHERE k.service_id = u.service_id AND k.outcome = '')) THEN 1 END) AS n_calls
  FROM upkeep_service u
  JOIN pub_catalogue_service s ON s.service_id = u.service_id
 WHERE s.state <> 'gone'
 GROUP BY u.body_id
 ORDER BY u.body_id
