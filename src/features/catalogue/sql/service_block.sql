-- service_block.sql: keys of the next services, in order.
-- In   :after int, :changed_from int, :with_gone int, :most int
-- Out  service_id int
-- Gives many
SELECT service_id
  FROM catalogue_service
 WHERE service_id > :after AND changed_at >= :changed_from AND (:with_gone = 1 OR state = 'shown')
 ORDER BY service_id
 LIMIT :most
