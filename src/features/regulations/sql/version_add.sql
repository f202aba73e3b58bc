-- version_add.sql: one more text of a regulation.
-- In   :regulation_id int, :version int, :title text, :valid_from text, :valid_to text, :words text,
--   :is_open int, :is_invented int, :how text, :of_version int, :changed_at int
-- Gives none
INSERT INTO regulations_version (regulation_id, version, title, valid_from, valid_to, words, is_open, is_invented,
                                 how, of_version, changed_at)
VALUES (:regulation_id, :version, :title, :valid_from, :valid_to, :words, :is_open, :is_invented,
        :how, :of_version, :changed_at)
