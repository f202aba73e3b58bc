-- mark_drop.sql: an address is good again.
-- In   :address text
-- Gives none
DELETE FROM post_mark WHERE address = :address
