-- note_add.sql: one new note; changes nothing when this form (its nonce) was already sent.
-- In   :code text, :nonce text, :page text, :words text, :received_at int
-- Gives none
INSERT INTO messages_note (code, nonce, page, words, state, received_at)
VALUES (:code, :nonce, :page, :words, 'received', :received_at)
ON CONFLICT (nonce) DO NOTHING
