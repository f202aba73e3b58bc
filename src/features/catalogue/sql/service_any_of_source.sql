-- service_any_of_source.sql: does the catalogue know anything of a source?
-- In   :source text
-- Out  n int
-- Gives one
SELECT (SELECT COUNT(*) FROM (SELECT service_id FROM catalogue_service WHERE source = :source LIMIT 1) AS s)
     + (SELECT COUNT(*) FROM (SELECT location_id FROM catalogue_location WHERE source = :source LIMIT 1) AS l) AS n
