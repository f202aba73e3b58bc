-- act_of_batch.sql: what was done together, the last first. is_last: nothing was done to the entry since.
-- In   :batch text, :since int
-- Out  act_id int, service_id int, organisation_id int, kind text, confirmed_on text, confirmed_how text, confirmed_by text,
--      due_on text, state text, waited int, verified_on text, service_state text, corrections text, is_last int
-- Gives many
SELECT a.act_id, a.service_id, a.organisation_id, a.kind, a.confirmed_on, a.confirmed_how, a.confirmed_by, a.due_on, a.state,
       a.waited, a.verified_on, a.service_state, a.corrections,
       CASE WHEN EXISTS (SELECT 1 FROM upkeep_act b WHERE b.service_id = a.service_id AND b.act_id > a.act_id
                            AND b.batch <> a.batch AND b.is_undone = 0) THEN 0 ELSE 1 END AS is_last
  FROM upkeep_act a
 WHERE a.batch = :batch AND a.done_at >= :since AND a.is_undone = 0
 ORDER BY a.act_id DESC
