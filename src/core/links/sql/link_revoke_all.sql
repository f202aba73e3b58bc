-- link_revoke_all.sql: ends all keys of an organisation, of one purpose or (empty) of any.
-- In   :organisation_id int, :purpose text, :on_day text
-- Gives none
UPDATE link
   SET revoked_on = :on_day
 WHERE coalesce(organisation_id, 0) = :organisation_id AND revoked_on IS NULL
   AND (:purpose = '' OR purpose = :purpose)
