-- model_set.sql: a model reads otherwise now.
-- In   :model_id int, :name text, :changed_on text
-- Gives none
UPDATE models_model
   SET name = :name, changed_on = :changed_on
 WHERE model_id = :model_id
