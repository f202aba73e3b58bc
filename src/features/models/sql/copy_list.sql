-- copy_list.sql: the entries that follow a model.
-- In   :model_id int
-- Out  service_id int
-- Gives many
SELECT service_id
  FROM models_copy
 WHERE model_id = :model_id
 ORDER BY service_id
