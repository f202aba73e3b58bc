-- model_sweep.sql: those taken away before an instant are deleted.
-- In   :before int
-- Gives none
DELETE FROM recognition_model
 WHERE gone_at > 0 AND gone_at < :before
