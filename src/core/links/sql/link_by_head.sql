-- link_by_head.sql: keys whose hash begins so: one, or none.
-- In   :head int
-- Out  link_id int, hash text, purpose text, organisation_id int?, note text, issued_on text, expires_on text,
--   revoked_on text?, entered_on text?
-- Gives many
SELECT link_id, hash, purpose, organisation_id, note, issued_on, expires_on, revoked_on, entered_on
  FROM link
 WHERE head = :head
