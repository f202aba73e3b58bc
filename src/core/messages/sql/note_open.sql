-- note_open.sql: notes that still wait for an answer, the oldest first.
-- Out  note_id int, code text, page text, words text, state text, received_at int
-- Gives many
SELECT note_id, code, page, words, state, received_at
  FROM messages_note
 WHERE state <> 'answered'
 ORDER BY received_at, note_id
