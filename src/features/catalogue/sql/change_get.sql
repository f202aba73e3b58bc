-- change_get.sql: the number of the last change.
-- Out  n int
-- Gives one
SELECT n
  FROM catalogue_change
