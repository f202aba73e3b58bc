-- key_near.sql: other things that share numbers with one, most first. A number that many share tells nothing, and is
-- left out before its sharers are read (the LIMIT keeps the planner from joining first).
-- In   :kind text, :thing_id int, :most_keys int, :most_shared int, :most int
-- Out  thing_id int, n int
-- Gives many
SELECT o.thing_id, COUNT(*) AS n
  FROM (SELECT k.kind, k.key
          FROM twins_key k
         WHERE k.kind = :kind AND k.thing_id = :thing_id
           AND (SELECT COUNT(*) FROM (SELECT x.thing_id FROM twins_key x
                                       WHERE x.kind = k.kind AND x.key = k.key LIMIT :most_shared) few) < :most_shared
         ORDER BY k.key
         LIMIT :most_keys) m
  JOIN twins_key o ON o.kind = m.kind AND o.key = m.key
 WHERE o.thing_id <> :thing_id
 GROUP BY o.thing_id
 ORDER BY n DESC, o.thing_id
 LIMIT :most
