-- correction_last_mended.sql: the last one of an entry that was mended since a day.
-- In   :service_id int, :since text
-- Out  correction_id int, what text, received_on text, closed_on text
-- Gives one
SELECT correction_id, what, received_on, closed_on
  FROM upkeep_correction
 WHERE service_id = :service_id AND outcome = 'mended' AND closed_on >= :since
 ORDER BY closed_on DESC, correction_id DESC
 LIMIT 1
