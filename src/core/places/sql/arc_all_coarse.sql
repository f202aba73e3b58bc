-- arc_all_coarse.sql: all borders, coarse.
-- Out  left_id int, right_id int?, line text
-- Gives many
SELECT left_id, right_id, coarse AS line
  FROM place_arc
 ORDER BY arc_no
