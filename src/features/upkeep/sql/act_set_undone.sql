-- act_set_undone.sql: put back.
-- In   :act_id int
-- Gives none
UPDATE upkeep_act
   SET is_undone = 1
 WHERE act_id = :act_id
