-- remote_of_need.sql: shown entries without any place: given by telephone, on line, at home.
-- In   :service_id int
-- Out  service_id int, needs text
-- Gives many
SELECT s.service_id, s.needs
  FROM pub_catalogue_service s
 WHERE s.state = 'shown' AND s.initiative_year = 0 AND s.service_id <> :service_id
   AND NOT EXISTS (SELECT 1 FROM pub_catalogue_place p WHERE p.service_id = s.service_id)
 ORDER BY s.service_id
