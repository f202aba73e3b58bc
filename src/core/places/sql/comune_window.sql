-- comune_window.sql: comuni of a day whose town lies in a rectangle; the caller sorts by distance.
-- In   :on text, :lat_from real, :lat_to real, :lon_from real, :lon_to real
-- Out  area_id int, kind text, code text, slug text, name text, parent_id int?, valid_from text, valid_to text, lat real?, lon real?, istat text, belfiore text, prov text, prov_name text, prov_slug text
-- Gives many
SELECT a.area_id, a.kind, a.code, a.slug, a.name, a.parent_id, a.valid_from, a.valid_to, a.lat, a.lon,
       k.istat, k.belfiore, k.prov, p.name AS prov_name, p.slug AS prov_slug
  FROM place_area a
  JOIN place_comune k ON k.area_id = a.area_id
  JOIN place_area p ON p.area_id = a.parent_id
 WHERE a.kind = 'comune' AND a.lat BETWEEN :lat_from AND :lat_to
   AND a.lon BETWEEN :lon_from AND :lon_to
   AND a.valid_from <= :on AND a.valid_to >= :on
 ORDER BY k.istat
