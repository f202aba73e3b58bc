-- index_find.postgres.sql: the records that have each of the digests d0 to d23, of each at most as many as m0 to m23 say.
-- In   :d0 int, :d1 int, :d2 int, :d3 int, :d4 int, :d5 int, :d6 int, :d7 int, :d8 int, :d9 int, :d10 int, :d11 int,
--      :d12 int, :d13 int, :d14 int, :d15 int, :d16 int, :d17 int, :d18 int, :d19 int, :d20 int, :d21 int, :d22 int, :d23 int,
--      :m0 int, :m1 int, :m2 int, :m3 int, :m4 int, :m5 int, :m6 int, :m7 int, :m8 int, :m9 int, :m10 int, :m11 int,
--      :m12 int, :m13 int, :m14 int, :m15 int, :m16 int, :m17 int, :m18 int, :m19 int, :m20 int, :m21 int, :m22 int, :m23 int
-- Out  pass int, record_id int
-- Gives many
SELECT k.place - 1 AS pass, p.record_id
  FROM unnest(ARRAY[:d0, :d1, :d2, :d3, :d4, :d5, :d6, :d7, :d8, :d9, :d10, :d11, :d12, :d13, :d14, :d15, :d16, :d17, :d18, :d19,
                    :d20, :d21, :d22, :d23],
              ARRAY[:m0, :m1, :m2, :m3, :m4, :m5, :m6, :m7, :m8, :m9, :m10, :m11, :m12, :m13, :m14, :m15, :m16, :m17, :m18, :m19,
                    :m20, :m21, :m22, :m23])
       WITH ORDINALITY AS k (digest, most, place)
 CROSS JOIN LATERAL (SELECT i.record_id
                       FROM people_index i
                      WHERE i.digest = k.digest
                      ORDER BY i.record_id
                      LIMIT k.most) p
