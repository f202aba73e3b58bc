-- copy_of_organisation.sql: the entry of an organisation that follows a model already.
-- In   :model_id int, :organisation_id int
-- Out  service_id int, slug text
-- Gives many
SELECT k.service_id, s.slug
  FROM models_copy k
  JOIN pub_catalogue_service s ON s.service_id = k.service_id
 WHERE k.model_id = :model_id AND s.organisation_id = :organisation_id AND s.state = 'shown'
 ORDER BY k.service_id
