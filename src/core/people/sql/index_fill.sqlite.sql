-- index_fill.sqlite.sql: many digests at once, [digest,record],[digest,record]... ascending; the same twice is one.
-- In   :pairs text
-- Gives none
INSERT INTO people_index (digest, record_id)
SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]')
  FROM json_each('[' || :pairs || ']')
 WHERE true
ON CONFLICT (digest, record_id) DO NOTHING
