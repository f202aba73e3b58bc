-- alias_put.sql: an entry is joined to another; changes nothing when it is joined already.
-- In   :service_id int, :kept_id int, :merged_at int
-- Gives none
INSERT INTO catalogue_alias (service_id, kept_id, merged_at)
VALUES (:service_id, :kept_id, :merged_at)
ON CONFLICT (service_id) DO NOTHING
