-- initiative_answer.sql: one more answer.
-- In   :service_id int, :here int, :gone int, :unsure int, :answer text, :on_day text
-- Gives none
UPDATE catalogue_initiative
   SET n_here = n_here + :here, n_gone = n_gone + :gone, n_unsure = n_unsure + :unsure,
       last_answer = :answer, last_answer_on = :on_day
 WHERE service_id = :service_id
