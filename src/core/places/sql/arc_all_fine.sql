-- arc_all_fine.sql: all borders, fine.
-- Out  left_id int, right_id int?, line text
-- Gives many
SELECT left_id, right_id, fine AS line
  FROM place_arc
 ORDER BY arc_no
