-- conflict_known.sql: a source has said the same of a field before and the body kept its own.
-- In   :service_id int, :field text, :ours text, :theirs text, :source text
-- Out  n int
-- Gives one
SELECT COUNT(*) AS n
  FROM catalogue_conflict
 WHERE service_id = :service_id AND field = :field AND source = :source AND theirs = :theirs AND ours = :ours AND settled_at <> 0
