-- correction_open.sql: open ones of an organisation (service_id 0) or of an entry (organisation_id 0), the oldest first.
-- In   :organisation_id int, :service_id int
-- Out  correction_id int, service_id int, what text, words text, received_on text, slug text, name text
-- Gives many
SELECT k.correction_id, k.service_id, k.what, k.words, k.received_on, s.slug, s.name
  FROM upkeep_correction k
  JOIN pub_catalogue_service s ON s.service_id = k.service_id
 WHERE k.outcome = '' AND (s.organisation_id = :organisation_id OR k.service_id = :service_id)
 ORDER BY k.received_on, k.correction_id
