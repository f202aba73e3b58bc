-- model_gone.sql: taken away at an instant, or brought back with 0; what is taken away is not in use.
-- In   :model_id int, :gone_at int
-- Gives none
UPDATE recognition_model
   SET gone_at = :gone_at, is_used = 0
 WHERE model_id = :model_id AND (gone_at = 0) <> (:gone_at = 0)
