-- miss_drop.sql: counts of months long past go.
-- In   :month text
-- Gives none
DELETE FROM catalogue_miss WHERE month < :month
