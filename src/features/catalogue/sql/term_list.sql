-- term_list.sql: terms of one taxonomy, or of all, by code and name.
-- In   :taxonomy_uuid text
-- Out  uuid text, taxonomy_uuid text, taxonomy text, code text, name text, description text, parent_uuid text,
--      language text, uri text
-- Gives many
SELECT uuid, taxonomy_uuid, taxonomy, code, name, description, parent_uuid, language, uri
  FROM catalogue_term
 WHERE :taxonomy_uuid = '' OR taxonomy_uuid = :taxonomy_uuid
 ORDER BY taxonomy, code, name, uuid
