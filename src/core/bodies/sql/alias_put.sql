-- alias_put.sql: an organisation is joined to another; changes nothing when it is joined already.
-- In   :organisation_id int, :kept_id int, :merged_at int
-- Gives none
INSERT INTO organisation_alias (organisation_id, kept_id, merged_at)
VALUES (:organisation_id, :kept_id, :merged_at)
ON CONFLICT (organisation_id) DO NOTHING
