-- owner_put.sql: a field is its body's from now on.
-- In   :service_id int, :field text, :source text, :at_ms int
-- Gives none
INSERT INTO catalogue_field_owner (service_id, field, source, at_ms)
VALUES (:service_id, :field, :source, :at_ms)
ON CONFLICT (service_id, field) DO UPDATE SET source = excluded.source, at_ms = excluded.at_ms
