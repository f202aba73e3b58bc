-- link_list.sql: keys of an organisation (0: of the Region; -1: of all), the newest first.
-- In   :organisation_id int, :ends_from text, :with_revoked int
-- Out  link_id int, purpose text, organisation_id int?, note text, issued_on text, expires_on text,
--   revoked_on text?, entered_on text?
-- Gives many
SELECT link_id, purpose, organisation_id, note, issued_on, expires_on, revoked_on, entered_on
  FROM link
 WHERE (:organisation_id = -1 OR coalesce(organisation_id, 0) = :organisation_id)
   AND expires_on >= :ends_from
   AND (:with_revoked = 1 OR revoked_on IS NULL)
 ORDER BY link_id DESC
