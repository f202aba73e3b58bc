-- organisation_shown_of_source.sql: keys of shown organisations of a source.
-- In   :source text
-- Out  organisation_id int
-- Gives many
SELECT organisation_id
  FROM organisation
 WHERE source = :source AND state = 'shown'
 ORDER BY organisation_id
