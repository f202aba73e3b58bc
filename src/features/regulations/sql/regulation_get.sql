-- regulation_get.sql: one regulation as it is in force.
-- In   :slug text
-- Out  regulation_id int, slug text, organisation_id int, kind text, version int, title text, valid_from text,
--   valid_to text, words text, is_open int, is_invented int, changed_at int
-- Gives one
SELECT r.regulation_id, r.slug, r.organisation_id, r.kind, r.version, v.title, v.valid_from,
       v.valid_to, v.words, v.is_open, v.is_invented, v.changed_at
  FROM regulations_regulation r
  JOIN regulations_version v ON v.regulation_id = r.regulation_id AND v.version = r.version
 WHERE r.slug = :slug
