-- organisation_by_uuid.sql: the key of an organisation by its outside id.
-- In   :uuid text
-- Out  organisation_id int, sum int, state text, source text, code text
-- Gives one
SELECT organisation_id, sum, state, source, code
  FROM organisation
 WHERE uuid = :uuid
