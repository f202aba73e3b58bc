-- correction_counts.sql: how many came in this hour, how many of one entry are open, whether this form is here already.
-- In   :hour_at int, :service_id int, :nonce text
-- Out  n_hour int, n_open int, n_same int
-- Gives one
SELECT COUNT(CASE WHEN hour_at >= :hour_at THEN 1 END) AS n_hour,
       COUNT(CASE WHEN service_id = :service_id AND outcome = '' THEN 1 END) AS n_open,
       COUNT(CASE WHEN nonce = :nonce THEN 1 END) AS n_same
  FROM upkeep_correction
 WHERE hour_at >= :hour_at OR service_id = :service_id OR nonce = :nonce
