-- field_put.sql: one field of a model.
-- In   :model_id int, :field text, :words text
-- Gives none
INSERT INTO models_field (model_id, field, words)
VALUES (:model_id, :field, :words)
ON CONFLICT (model_id, field) DO UPDATE SET words = excluded.words
