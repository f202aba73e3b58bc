-- note_by_code.sql: one note by its code, unless its answer is older than we keep answers.
-- In   :code text, :keep_from text
-- Out  note_id int, page text, words text, state text, received_at int, read_on text?, answered_on text?, answer text?
-- Gives one
SELECT note_id, page, words, state, received_at, read_on, answered_on, answer
  FROM messages_note
 WHERE code = :code
   AND (answered_on IS NULL OR answered_on >= :keep_from)
