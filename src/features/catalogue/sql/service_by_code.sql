-- service_by_code.sql: a service by the code at the end of its page's address.
-- In   :code text
-- Out  service_id int
-- Gives one
SELECT service_id
  FROM catalogue_service
 WHERE code = :code
