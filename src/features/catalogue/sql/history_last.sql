-- history_last.sql: who changed a field last after a change number.
-- In   :service_id int, :field text, :after int
-- Out  by_body text
-- Gives many
SELECT by_body
  FROM catalogue_history
 WHERE service_id = :service_id AND field = :field AND change_no > :after
 ORDER BY history_id DESC
 LIMIT 1
