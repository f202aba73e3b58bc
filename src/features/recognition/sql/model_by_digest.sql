-- model_by_digest.sql: the model of these figures.
-- In   :digest text
-- Out  model_id int, gone_at int
-- Gives one
SELECT model_id, gone_at
  FROM recognition_model
 WHERE digest = :digest
