-- field_list.sql: what a model says.
-- In   :model_id int
-- Out  field text, words text
-- Gives many
SELECT field, words
  FROM models_field
 WHERE model_id = :model_id
 ORDER BY field
