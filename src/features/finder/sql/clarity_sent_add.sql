-- clarity_sent_add.sql: a form is counted; changes nothing when it was already.
-- In   :nonce text, :sent_on text
-- Gives none
INSERT INTO finder_clarity_sent (nonce, sent_on) VALUES (:nonce, :sent_on)
ON CONFLICT (nonce) DO NOTHING
