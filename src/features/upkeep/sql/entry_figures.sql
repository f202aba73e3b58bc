-- entry_figures.sql: all shown entries, for the sums.
-- In   :today text
-- Out  organisation_id int, body_id int, district_id int, lasting int, confirmed_on text?, due_state int, verified_on text, is_due int
-- Gives each
SELECT u.organisation_id, u.body_id, u.district_id, u.lasting, s.confirmed_on, s.due_state, u.verified_on,
       CASE WHEN u.due_on <= :today THEN 1 ELSE 0 END AS is_due
  FROM upkeep_service u
  JOIN pub_catalogue_service s ON s.service_id = u.service_id
 WHERE u.is_shown = 1
