-- link_move.sql: keys of one organisation become those of another.
-- In   :from_id int, :to_id int
-- Gives none
UPDATE link SET organisation_id = :to_id WHERE organisation_id = :from_id
