-- state_put.sql: keeps a value; the last one wins.
-- In   :name text, :value text
-- Gives none
INSERT INTO app_state (name, value) VALUES (:name, :value)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value
