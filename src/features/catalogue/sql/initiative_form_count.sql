-- initiative_form_count.sql: how many forms were counted since.
-- In   :since int
-- Out  n int
-- Gives one
SELECT COUNT(*) AS n
  FROM catalogue_initiative_form
 WHERE hour >= :since
