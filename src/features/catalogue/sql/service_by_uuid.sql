-- service_by_uuid.sql: a service by its outside id.
-- In   :uuid text
-- Out  service_id int, uuid text, sum int, state text, source text, code text, confirmed_on text?, confirmed_how text,
--      confirmed_by text
-- Gives one
SELECT service_id, uuid, sum, state, source, code, confirmed_on, confirmed_how, confirmed_by
  FROM catalogue_service
 WHERE uuid = :uuid
