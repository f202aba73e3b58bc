-- term_put.sql: a term of a taxonomy of a feed.
-- In   :uuid text, :taxonomy_uuid text, :taxonomy text, :code text, :name text, :description text,
--      :parent_uuid text, :language text, :uri text, :source text
-- Gives none
INSERT INTO catalogue_term (uuid, taxonomy_uuid, taxonomy, code, name, description, parent_uuid, language, uri, source)
VALUES (:uuid, :taxonomy_uuid, :taxonomy, :code, :name, :description, :parent_uuid, :language, :uri, :source)
ON CONFLICT (uuid) DO UPDATE SET taxonomy_uuid = excluded.taxonomy_uuid, taxonomy = excluded.taxonomy, code = excluded.code,
    name = excluded.name, description = excluded.description, parent_uuid = excluded.parent_uuid,
    language = excluded.language, uri = excluded.uri
 WHERE catalogue_term.source = excluded.source
   AND (catalogue_term.taxonomy_uuid <> excluded.taxonomy_uuid
    OR catalogue_term.taxonomy <> excluded.taxonomy
    OR catalogue_term.code <> excluded.code
    OR catalogue_term.name <> excluded.name
    OR catalogue_term.description <> excluded.description
    OR catalogue_term.parent_uuid <> excluded.parent_uuid
    OR catalogue_term.language <> excluded.language
    OR catalogue_term.uri <> excluded.uri)
