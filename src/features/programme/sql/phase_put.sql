-- phase_put.sql: one phase of measure 1.
-- In   :phase_no int, :from_month text, :to_month text
-- Gives none
INSERT INTO programme_phase (phase_no, from_month, to_month)
VALUES (:phase_no, :from_month, :to_month)
