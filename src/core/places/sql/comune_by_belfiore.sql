-- comune_by_belfiore.sql: one comune by its Belfiore code.
-- In   :belfiore text
-- Out  area_id int, kind text, code text, slug text, name text, parent_id int?, valid_from text, valid_to text, lat real?, lon real?, istat text, belfiore text, prov text, prov_name text, prov_slug text
-- Gives one
SELECT a.area_id, a.kind, a.code, a.slug, a.name, a.parent_id, a.valid_from, a.valid_to, a.lat, a.lon,
       k.istat, k.belfiore, k.prov, p.name AS prov_name, p.slug AS prov_slug
  FROM place_area a
  JOIN place_comune k ON k.area_id = a.area_id
  JOIN place_area p ON p.area_id = a.parent_id
 WHERE k.belfiore = :belfiore
