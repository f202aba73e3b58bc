-- model_list.sql: all models, the newest first; those taken away too.
-- Out  model_id int, label text, brought_by text, brought_by_id int, brought_at int, gone_at int, is_used int, figures text, quality text
-- Gives many
SELECT model_id, label, brought_by, brought_by_id, brought_at, gone_at, is_used, figures, quality
  FROM recognition_model
 ORDER BY brought_at DESC, model_id DESC
