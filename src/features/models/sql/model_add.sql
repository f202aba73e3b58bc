-- model_add.sql: a new model.
-- In   :code text, :organisation_id int, :name text, :is_demo int, :made_on text
-- Out  model_id int
-- Gives one
INSERT INTO models_model (code, organisation_id, name, is_open, is_demo, made_on, changed_on)
VALUES (:code, :organisation_id, :name, 1, :is_demo, :made_on, :made_on)
RETURNING model_id
