-- draft_put.sql: what was typed into an entry's form with a key.
-- In   :organisation_id int, :link_id int, :service_id int, :fields text, :saved_at int
-- Gives none
INSERT INTO entries_draft (organisation_id, link_id, service_id, fields, saved_at)
VALUES (:organisation_id, :link_id, :service_id, :fields, :saved_at)
ON CONFLICT (organisation_id, service_id, link_id) DO UPDATE SET fields = excluded.fields, saved_at = excluded.saved_at
