-- moved_add.sql: a row that went along.
-- In   :join_id int, :what text, :row_id int
-- Gives none
INSERT INTO twins_moved (join_id, what, row_id)
VALUES (:join_id, :what, :row_id)
