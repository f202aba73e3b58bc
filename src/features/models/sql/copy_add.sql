-- copy_add.sql: an entry follows a model.
-- In   :service_id int, :model_id int, :taken_on text
-- Gives none
INSERT INTO models_copy (service_id, model_id, taken_on)
VALUES (:service_id, :model_id, :taken_on)
