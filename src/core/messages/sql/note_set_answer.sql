-- note_set_answer.sql: the answer of a keeper, once.
-- In   :note_id int, :answer text, :on_day text
-- Gives none
UPDATE messages_note
   SET state = 'answered', answer = :answer, answered_on = :on_day,
       read_on = coalesce(read_on, :on_day)
 WHERE note_id = :note_id AND state <> 'answered'
