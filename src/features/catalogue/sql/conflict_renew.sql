-- conflict_renew.sql: an open one of the same source and field says what it says now.
-- In   :service_id int, :field text, :ours text, :theirs text, :source text, :at_ms int
-- Gives none
UPDATE catalogue_conflict
   SET ours = :ours, theirs = :theirs, at_ms = :at_ms
 WHERE service_id = :service_id AND field = :field AND source = :source AND settled_at = 0
