-- index_fill.postgres.sql: many digests at once, [digest,record],[digest,record]... ascending; the same twice is one.
-- In   :pairs text
-- Gives none
INSERT INTO people_index (digest, record_id)
SELECT CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT)
  FROM json_array_elements(CAST('[' || :pairs || ']' AS json))
ON CONFLICT (digest, record_id) DO NOTHING
