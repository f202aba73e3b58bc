-- model_crowd.sql: of those taken away the newest stay to be brought back, the others are deleted.
-- In   :most int
-- Gives none
DELETE FROM recognition_model
 WHERE gone_at > 0 AND model_id NOT IN (
       SELECT model_id FROM recognition_model WHERE gone_at > 0 ORDER BY gone_at DESC, model_id DESC LIMIT :most)
