-- index_find.sqlite.sql: the records that have each of the digests d0 to d23, of each at most as many as m0 to m23 say.
-- In   :d0 int, :d1 int, :d2 int, :d3 int, :d4 int, :d5 int, :d6 int, :d7 int, :d8 int, :d9 int, :d10 int, :d11 int,
--      :d12 int, :d13 int, :d14 int, :d15 int, :d16 int, :d17 int, :d18 int, :d19 int, :d20 int, :d21 int, :d22 int, :d23 int,
--      :m0 int, :m1 int, :m2 int, :m3 int, :m4 int, :m5 int, :m6 int, :m7 int, :m8 int, :m9 int, :m10 int, :m11 int,
--      :m12 int, :m13 int, :m14 int, :m15 int, :m16 int, :m17 int, :m18 int, :m19 int, :m20 int, :m21 int, :m22 int, :m23 int
-- Out  pass int, record_id int
-- Gives many
SELECT pass, record_id FROM (SELECT 0 AS pass, record_id FROM people_index WHERE digest = :d0 ORDER BY record_id LIMIT :m0)
UNION ALL
SELECT pass, record_id FROM (SELECT 1 AS pass, record_id FROM people_index WHERE digest = :d1 ORDER BY record_id LIMIT :m1)
UNION ALL
SELECT pass, record_id FROM (SELECT 2 AS pass, record_id FROM people_index WHERE digest = :d2 ORDER BY record_id LIMIT :m2)
UNION ALL
SELECT pass, record_id FROM (SELECT 3 AS pass, record_id FROM people_index WHERE digest = :d3 ORDER BY record_id LIMIT :m3)
UNION ALL
SELECT pass, record_id FROM (SELECT 4 AS pass, record_id FROM people_index WHERE digest = :d4 ORDER BY record_id LIMIT :m4)
UNION ALL
SELECT pass, record_id FROM (SELECT 5 AS pass, record_id FROM people_index WHERE digest = :d5 ORDER BY record_id LIMIT :m5)
UNION ALL
SELECT pass, record_id FROM (SELECT 6 AS pass, record_id FROM people_index WHERE digest = :d6 ORDER BY record_id LIMIT :m6)
UNION ALL
SELECT pass, record_id FROM (SELECT 7 AS pass, record_id FROM people_index WHERE digest = :d7 ORDER BY record_id LIMIT :m7)
UNION ALL
SELECT pass, record_id FROM (SELECT 8 AS pass, record_id FROM people_index WHERE digest = :d8 ORDER BY record_id LIMIT :m8)
UNION ALL
SELECT pass, record_id FROM (SELECT 9 AS pass, record_id FROM people_index WHERE digest = :d9 ORDER BY record_id LIMIT :m9)
UNION ALL
SELECT pass, record_id FROM (SELECT 10 AS pass, record_id FROM people_index WHERE digest = :d10 ORDER BY record_id LIMIT :m10)
UNION ALL
SELECT pass, record_id FROM (SELECT 11 AS pass, record_id FROM people_index WHERE digest = :d11 ORDER BY record_id LIMIT :m11)
UNION ALL
SELECT pass, record_id FROM (SELECT 12 AS pass, record_id FROM people_index WHERE digest = :d12 ORDER BY record_id LIMIT :m12)
UNION ALL
SELECT pass, record_id FROM (SELECT 13 AS pass, record_id FROM people_index WHERE digest = :d13 ORDER BY record_id LIMIT :m13)
UNION ALL
SELECT pass, record_id FROM (SELECT 14 AS pass, record_id FROM people_index WHERE digest = :d14 ORDER BY record_id LIMIT :m14)
UNION ALL
SELECT pass, record_id FROM (SELECT 15 AS pass, record_id FROM people_index WHERE digest = :d15 ORDER BY record_id LIMIT :m15)
UNION ALL
SELECT pass, record_id FROM (SELECT 16 AS pass, record_id FROM people_index WHERE digest = :d16 ORDER BY record_id LIMIT :m16)
UNION ALL
SELECT pass, record_id FROM (SELECT 17 AS pass, record_id FROM people_index WHERE digest = :d17 ORDER BY record_id LIMIT :m17)
UNION ALL
SELECT pass, record_id FROM (SELECT 18 AS pass, record_id FROM people_index WHERE digest = :d18 ORDER BY record_id LIMIT :m18)
UNION ALL
SELECT pass, record_id FROM (SELECT 19 AS pass, record_id FROM people_index WHERE digest = :d19 ORDER BY record_id LIMIT :m19)
UNION ALL
SELECT pass, record_id FROM (SELECT 20 AS pass, record_id FROM people_index WHERE digest = :d20 ORDER BY record_id LIMIT :m20)
UNION ALL
SELECT pass, record_id FROM (SELECT 21 AS pass, record_id FROM people_index WHERE digest = :d21 ORDER BY record_id LIMIT :m21)
UNION ALL
SELECT pass, record_id FROM (SELECT 22 AS pass, record_id FROM people_index WHERE digest = :d22 ORDER BY record_id LIMIT :m22)
UNION ALL
SELECT pass, record_id FROM (SELECT 23 AS pass, record_id FROM people_index WHERE digest = :d23 ORDER BY record_id LIMIT :m23)
