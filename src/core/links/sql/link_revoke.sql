-- link_revoke.sql: ends one key; the first time counts.
-- In   :link_id int, :on_day text
-- Gives none
UPDATE link SET revoked_on = :on_day WHERE link_id = :link_id AND revoked_on IS NULL
