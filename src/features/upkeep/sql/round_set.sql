-- round_set.sql: a round was made.
-- In   :made_on text, :change_no int, :note text, :areas_sum int
-- Gives none
UPDATE upkeep_round
   SET made_on = :made_on, change_no = :change_no, n_rounds = n_rounds + 1, note = :note, areas_sum = :areas_sum
 WHERE round_id = 1
