-- organisation_by_slug.sql: the key of an organisation by the slug of its page, or by the code at its end.
-- In   :slug text, :code text
-- Out  organisation_id int, is_slug int
-- Gives many
SELECT organisation_id, CASE WHEN slug = :slug THEN 1 ELSE 0 END AS is_slug
  FROM organisation
 WHERE slug = :slug OR code = :code
 ORDER BY is_slug DESC
