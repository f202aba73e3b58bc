-- entry_by_slug.sql: an entry by its address, hidden ones too.
-- In   :slug text
-- Out  service_id int
-- Gives one
SELECT service_id
  FROM pub_catalogue_service
 WHERE slug = :slug AND initiative_year = 0
 ORDER BY service_id
 LIMIT 1
