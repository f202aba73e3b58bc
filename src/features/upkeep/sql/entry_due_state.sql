-- entry_due_state.sql: entries whose mark in the catalogue is another than it should be.
-- In   :today text
-- Out  service_id int, wanted int
-- Gives many
SELECT service_id, wanted
  FROM (SELECT u.service_id, s.due_state,
               CASE WHEN u.state = 'sunk' THEN 2 WHEN u.due_on <= :today THEN 1 ELSE 0 END AS wanted
          FROM upkeep_service u
          JOIN pub_catalogue_service s ON s.service_id = u.service_id
         WHERE u.is_shown = 1) x
 WHERE due_state <> wanted
 ORDER BY service_id
