-- model_use.sql: this one and no other is in use; 0: none.
-- In   :model_id int
-- Gives none
UPDATE recognition_model
   SET is_used = CASE WHEN model_id = :model_id THEN 1 ELSE 0 END
 WHERE is_used = 1 OR model_id = :model_id
