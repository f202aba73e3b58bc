-- model_of_copy.sql: the code of the model that an entry follows.
-- In   :service_id int
-- Out  code text
-- Gives one
SELECT m.code
  FROM models_copy k
  JOIN models_model m ON m.model_id = k.model_id
 WHERE k.service_id = :service_id
