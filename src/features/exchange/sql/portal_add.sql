-- portal_add.sql: its name, made once.
-- In   :uuid text
-- Gives none
INSERT INTO exchange_portal (portal_id, uuid)
VALUES (1, :uuid)
ON CONFLICT (portal_id) DO NOTHING
