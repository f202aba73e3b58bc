-- note_by_nonce.sql: the note that came with one form, to recognise a double sending.
-- In   :nonce text
-- Out  code text, page text, words text
-- Gives one
SELECT code, page, words
  FROM messages_note
 WHERE nonce = :nonce
