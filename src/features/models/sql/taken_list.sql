-- taken_list.sql: what an entry took last.
-- In   :service_id int
-- Out  field text, words text
-- Gives many
SELECT field, words
  FROM models_taken
 WHERE service_id = :service_id
