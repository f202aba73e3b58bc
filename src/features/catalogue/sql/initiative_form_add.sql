-- initiative_form_add.sql: a form that is counted; changes nothing when it was counted before.
-- In   :nonce text, :hour int
-- Gives none
INSERT INTO catalogue_initiative_form (nonce, hour)
VALUES (:nonce, :hour)
ON CONFLICT (nonce) DO NOTHING
