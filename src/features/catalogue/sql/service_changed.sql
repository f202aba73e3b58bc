-- service_changed.sql: keys of the next services changed after a number, in order; + 0 keeps to the index of changes.
-- In   :after int, :after_change int, :with_gone int, :most int
-- Out  service_id int
-- Gives many
SELECT service_id
  FROM catalogue_service
 WHERE change_no > :after_change AND service_id + 0 > :after AND (:with_gone = 1 OR state = 'shown')
 ORDER BY service_id + 0
 LIMIT :most
