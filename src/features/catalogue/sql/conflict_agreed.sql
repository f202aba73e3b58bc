-- conflict_agreed.sql: a source says the same as the body now: nothing is open.
-- In   :service_id int, :field text, :source text, :settled_at int
-- Gives none
UPDATE catalogue_conflict
   SET settled_at = :settled_at
 WHERE service_id = :service_id AND field = :field AND source = :source AND settled_at = 0
