-- round_get.sql: the last daily round.
-- Out  made_on text, change_no int, n_rounds int, note text, areas_sum int
-- Gives one
SELECT made_on, change_no, n_rounds, note, areas_sum
  FROM upkeep_round
 WHERE round_id = 1
