-- taxonomy_all.sql: the taxonomies that feeds brought, by name.
-- Out  uuid text, name text, description text, uri text, version text
-- Gives many
SELECT uuid, name, description, uri, version
  FROM catalogue_taxonomy
 ORDER BY name, uuid
