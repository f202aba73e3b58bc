-- note_sweep.sql: deletes notes whose answer is older than we keep answers.
-- In   :keep_from text
-- Gives none
DELETE FROM messages_note
 WHERE answered_on IS NOT NULL AND answered_on < :keep_from
