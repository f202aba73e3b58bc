-- model_get.sql: one model; id 0 asks for the one in use.
-- In   :model_id int
-- Out  model_id int, label text, brought_by text, brought_by_id int, brought_at int, gone_at int, is_used int, figures text, quality text
-- Gives many
SELECT model_id, label, brought_by, brought_by_id, brought_at, gone_at, is_used, figures, quality
  FROM recognition_model
 WHERE (:model_id = 0 AND is_used = 1) OR model_id = :model_id
