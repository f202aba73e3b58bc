-- state_get.sql: one thing that the program keeps about itself.
-- In   :name text
-- Out  value text
-- Gives one
SELECT value FROM app_state WHERE name = :name
