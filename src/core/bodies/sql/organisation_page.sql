-- organisation_page.sql: keys of shown organisations after one, in order.
-- In   :after int, :changed_from int, :most int
-- Out  organisation_id int
-- Gives many
SELECT organisation_id
  FROM organisation
 WHERE organisation_id > :after AND changed_at >= :changed_from AND state = 'shown'
 ORDER BY organisation_id
 LIMIT :most
