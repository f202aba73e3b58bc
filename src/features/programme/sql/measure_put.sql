-- measure_put.sql: one measure of the strategy.
-- In   :measure_no int, :for_whom text
-- Gives none
INSERT INTO programme_measure (measure_no, for_whom)
VALUES (:measure_no, :for_whom)
