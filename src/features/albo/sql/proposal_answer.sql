-- proposal_answer.sql: approved or refused, once.
-- In   :proposal_id int, :state text, :answer text, :answered_on text, :answered_by text, :organisation_id int
-- Gives none
UPDATE albo_proposal
   SET state = :state, answer = :answer, answered_on = :answered_on, answered_by = :answered_by,
       organisation_id = :organisation_id
 WHERE proposal_id = :proposal_id AND state = 'waiting'
