-- link_add.sql: a new key.
-- In   :head int, :hash text, :purpose text, :organisation_id int?, :note text, :issued_on text, :expires_on text
-- Out  link_id int
-- Gives one
INSERT INTO link (head, hash, purpose, organisation_id, note, issued_on, expires_on)
VALUES (:head, :hash, :purpose, :organisation_id, :note, :issued_on, :expires_on)
RETURNING link_id
