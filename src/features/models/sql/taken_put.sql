-- taken_put.sql: what an entry takes now.
-- In   :service_id int, :field text, :words text
-- Gives none
INSERT INTO models_taken (service_id, field, words)
VALUES (:service_id, :field, :words)
ON CONFLICT (service_id, field) DO UPDATE SET words = excluded.words
