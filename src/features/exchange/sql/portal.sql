-- portal.sql: what this portal calls itself to others.
-- Out  uuid text
-- Gives one
SELECT uuid
  FROM exchange_portal
 WHERE portal_id = 1
