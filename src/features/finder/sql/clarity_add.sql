-- clarity_add.sql: one more answer of a kind, in its month.
-- In   :service_uuid text, :month text, :stars int, :answer int
-- Gives none
INSERT INTO finder_clarity (service_uuid, month, stars, answer, n)
VALUES (:service_uuid, :month, :stars, :answer, 1)
ON CONFLICT (service_uuid, month, stars, answer) DO UPDATE SET n = finder_clarity.n + 1
