-- key_near.sql: other things that share numbers with one, most first. A number that many share tells nothing.
-- In   :kind text, :thing_id int, :most_shared int, :most int
-- Out  thing_id int, n int
-- Gives many
SELECT o.thing_id, COUNT(*) AS n
  FROM twins_key m
  JOIN twins_key o ON o.kind = m.kind AND o.key = m.key
 WHERE m.kind = :kind AND m.thing_id = :thing_id AND o.thing_id <> m.thing_id
   AND (SELECT COUNT(*) FROM (SELECT x.thing_id FROM twins_key x
                               WHERE x.kind = m.kind AND x.key = m.key LIMIT :most_shared) few) < :most_shared
 GROUP BY o.thing_id
 ORDER BY n DESC, o.thing_id
 LIMIT :most
