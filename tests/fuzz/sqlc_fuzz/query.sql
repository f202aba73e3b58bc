-- f.sql: one comune by its code.
-- In   :istat text, :on text?
-- Out  area_id int, name text, lat real?
-- Gives one
WITH w AS (SELECT 1 AS x) SELECT a.area_id, a.name AS name, CAST(lat AS REAL) AS lat -- where
  FROM area a /* b */ WHERE a.istat = :istat AND "on" <= :on AND x IN ('it''s', 'a:b', 1.5e-3) ORDER BY 1
