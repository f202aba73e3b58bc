-- correction_add.sql: what somebody says is wrong; the same form twice adds nothing.
-- In   :service_id int, :what text, :words text, :nonce text, :hour_at int, :received_on text
-- Gives none
INSERT INTO upkeep_correction (service_id, what, words, nonce, hour_at, received_on, outcome, closed_on)
VALUES (:service_id, :what, :words, :nonce, :hour_at, :received_on, '', '')
ON CONFLICT (nonce) DO NOTHING
