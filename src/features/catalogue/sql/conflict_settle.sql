-- conflict_settle.sql: the body has decided.
-- In   :conflict_id int, :settled_at int
-- Gives none
UPDATE catalogue_conflict
   SET settled_at = :settled_at
 WHERE conflict_id = :conflict_id AND settled_at = 0
