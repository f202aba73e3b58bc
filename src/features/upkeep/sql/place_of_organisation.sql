-- place_of_organisation.sql: the comune of the first place of an organisation's first shown entry that has one.
-- In   :organisation_id int
-- Out  comune_id int
-- Gives one
SELECT p.comune_id
  FROM pub_catalogue_service s
  JOIN pub_catalogue_place p ON p.service_id = s.service_id
 WHERE s.organisation_id = :organisation_id AND s.state = 'shown' AND s.initiative_year = 0 AND p.comune_id IS NOT NULL
 ORDER BY s.service_id, p.location_id
 LIMIT 1
