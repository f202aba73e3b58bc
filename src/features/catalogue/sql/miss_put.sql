-- miss_put.sql: adds to the count of one need in one area and month.
-- In   :need text, :area_id int, :month text, :n int
-- Gives none
INSERT INTO catalogue_miss (need, area_id, month, n) VALUES (:need, :area_id, :month, :n)
    ON CONFLICT (month, area_id, need) DO UPDATE SET n = catalogue_miss.n + excluded.n
