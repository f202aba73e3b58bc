-- model_close.sql: a model is no longer offered.
-- In   :model_id int, :changed_on text
-- Gives none
UPDATE models_model
   SET is_open = 0, changed_on = :changed_on
 WHERE model_id = :model_id AND is_open = 1
