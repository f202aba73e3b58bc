-- check_list.sql: a month's sample, for who keeps the portal.
-- In   :month int
-- Out  service_id int, name text, slug text, outcome text, wrong text
-- Gives many
SELECT k.service_id, s.name, s.slug, k.outcome, k.wrong
  FROM upkeep_check k
  JOIN pub_catalogue_service s ON s.service_id = k.service_id
 WHERE k.month = :month
 ORDER BY k.organisation_id, k.service_id
