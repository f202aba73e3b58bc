-- loaded_get.sql: the checksum of what was loaded last under a name.
-- In   :name text
-- Out  checksum text
-- Gives one
SELECT checksum
  FROM catalogue_loaded
 WHERE name = :name
