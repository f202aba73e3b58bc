-- taxonomy_put.sql: a taxonomy of a feed.
-- In   :uuid text, :name text, :description text, :uri text, :version text, :source text
-- Gives none
INSERT INTO catalogue_taxonomy (uuid, name, description, uri, version, source)
VALUES (:uuid, :name, :description, :uri, :version, :source)
ON CONFLICT (uuid) DO UPDATE SET name = excluded.name, description = excluded.description,
    uri = excluded.uri, version = excluded.version
 WHERE catalogue_taxonomy.source = excluded.source
   AND (catalogue_taxonomy.name <> excluded.name OR catalogue_taxonomy.description <> excluded.description
    OR catalogue_taxonomy.uri <> excluded.uri OR catalogue_taxonomy.version <> excluded.version)
