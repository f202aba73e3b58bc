-- f.sql: adds one.
-- In   :a int, :b blob?
INSERT INTO t (a, b) VALUES (:a, :b) ON CONFLICT (a) DO UPDATE SET b = :b
