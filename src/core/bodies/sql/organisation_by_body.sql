-- organisation_by_body.sql: the key of the organisation that a managing body is.
-- In   :body_id int
-- Out  organisation_id int
-- Gives one
SELECT organisation_id
  FROM organisation
 WHERE body_id = :body_id
