-- note_mark_read.sql: a keeper has read it; the first reading counts.
-- In   :note_id int, :read_on text
-- Gives none
UPDATE messages_note
   SET state = 'read', read_on = :read_on
 WHERE note_id = :note_id AND state = 'received'
