-- state_put_once.sql: keeps a value unless there is one: two nodes that start together agree.
-- In   :name text, :value text
-- Gives none
INSERT INTO app_state (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING
