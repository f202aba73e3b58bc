-- entry_verified.sql: entries of a stretch of keys that a call of the sample found right.
-- In   :first int, :last int
-- Out  service_id int, verified_on text
-- Gives many
SELECT service_id, verified_on
  FROM upkeep_service
 WHERE service_id BETWEEN :first AND :last AND verified_on <> ''
 ORDER BY service_id
