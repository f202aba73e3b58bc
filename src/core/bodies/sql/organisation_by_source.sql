-- organisation_by_source.sql: the key of an organisation by what its source calls it.
-- In   :source text, :source_id text
-- Out  organisation_id int, sum int, state text, source text, code text
-- Gives one
SELECT organisation_id, sum, state, source, code
  FROM organisation
 WHERE source = :source AND source_id = :source_id
