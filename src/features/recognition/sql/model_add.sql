-- model_add.sql: one more model, shown to nobody yet; the same figures twice are one row.
-- In   :label text, :brought_by text, :brought_by_id int, :brought_at int, :digest text, :figures text, :quality text
-- Gives none
INSERT INTO recognition_model (label, brought_by, brought_by_id, brought_at, gone_at, is_used, digest, figures, quality)
VALUES (:label, :brought_by, :brought_by_id, :brought_at, 0, 0, :digest, :figures, :quality)
ON CONFLICT (digest) DO NOTHING
