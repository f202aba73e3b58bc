-- arc_put.sql: one border.
-- In   :arc_no int, :left_id int, :right_id int?, :fine text, :coarse text
-- Gives none
INSERT INTO place_arc (arc_no, left_id, right_id, fine, coarse)
VALUES (:arc_no, :left_id, :right_id, :fine, :coarse)
