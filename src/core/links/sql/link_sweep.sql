-- link_sweep.sql: forgets keys that ended long ago.
-- In   :ended_before text
-- Gives none
DELETE FROM link WHERE expires_on < :ended_before OR revoked_on < :ended_before
