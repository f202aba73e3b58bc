-- outline_put.sql: the outline of one area in one detail.
-- In   :area_id int, :detail int, :path text, :label_x int, :label_y int, :x int, :y int, :w int, :h int
-- Gives none
INSERT INTO place_outline (area_id, detail, path, label_x, label_y, x, y, w, h)
VALUES (:area_id, :detail, :path, :label_x, :label_y, :x, :y, :w, :h)
