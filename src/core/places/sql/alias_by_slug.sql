-- alias_by_slug.sql: areas that once had this address.
-- In   :slug text
-- Out  area_id int
-- Gives many
SELECT DISTINCT area_id
  FROM place_alias
 WHERE slug = :slug
 ORDER BY area_id
