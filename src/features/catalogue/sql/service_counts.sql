-- service_counts.sql: the catalogue in numbers.
-- In   :today text
-- Out  services int, demo int, unconfirmed int, initiatives int, coming int, last_confirmed_on text?
-- Gives one
SELECT COUNT(*) AS services, COUNT(CASE WHEN is_demo = 1 THEN 1 END) AS demo,
       COUNT(CASE WHEN confirmed_on IS NULL THEN 1 END) AS unconfirmed,
       COUNT(CASE WHEN initiative_year > 0 THEN 1 END) AS initiatives,
       COUNT(CASE WHEN kind IN ('course', 'event') AND starts_on IS NOT NULL AND COALESCE(ends_on, starts_on) >= :today THEN 1 END) AS coming,
       MAX(confirmed_on) AS last_confirmed_on
  FROM catalogue_service
 WHERE state = 'shown'
