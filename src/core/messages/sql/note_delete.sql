-- note_delete.sql: takes one note away for good.
-- In   :note_id int
-- Gives none
DELETE FROM messages_note
 WHERE note_id = :note_id
