-- organisation_by_tax_id.sql: a shown organisation with that codice fiscale.
-- In   :tax_id text
-- Out  organisation_id int, name text, slug text
-- Gives one
SELECT organisation_id, name, slug
  FROM pub_organisation_card
 WHERE tax_id = :tax_id AND tax_id <> '' AND state = 'shown'
 ORDER BY organisation_id
 LIMIT 1
