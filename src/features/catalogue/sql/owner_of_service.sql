-- owner_of_service.sql: fields of an entry that their body corrected.
-- In   :service_id int
-- Out  field text, source text, at_ms int
-- Gives many
SELECT field, source, at_ms
  FROM catalogue_field_owner
 WHERE service_id = :service_id
 ORDER BY field
