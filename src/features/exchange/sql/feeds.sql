-- feeds.sql: all feeds, by name.
-- Out  feed_id int, name text, kind text, url text, mapping text, every_s int, read_to text, whole_at int, added_at int
-- Gives many
SELECT feed_id, name, kind, url, mapping, every_s, read_to, whole_at, added_at
  FROM exchange_feed
 ORDER BY name
