-- version_list.sql: all texts of a regulation, the newest first.
-- In   :regulation_id int
-- Out  version int, title text, valid_from text, valid_to text, words text, is_open int, is_invented int,
--   how text, of_version int, changed_at int
-- Gives many
SELECT version, title, valid_from, valid_to, words, is_open, is_invented, how, of_version, changed_at
  FROM regulations_version
 WHERE regulation_id = :regulation_id
 ORDER BY version DESC
