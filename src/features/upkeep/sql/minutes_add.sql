-- minutes_add.sql: time of upkeep of a body in a month.
-- In   :organisation_id int, :month int, :seconds int
-- Gives none
INSERT INTO upkeep_minutes (organisation_id, month, seconds)
VALUES (:organisation_id, :month, :seconds)
ON CONFLICT (organisation_id, month) DO UPDATE
   SET seconds = upkeep_minutes.seconds + excluded.seconds
