-- service_shown_of_source.sql: shown services of a source, to find those it no longer has.
-- In   :source text
-- Out  service_id int
-- Gives each
SELECT service_id
  FROM catalogue_service
 WHERE source = :source AND state = 'shown'
