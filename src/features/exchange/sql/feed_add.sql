-- feed_add.sql: a feed to be asked from now on; none when there is one of that name.
-- In   :name text, :kind text, :url text, :mapping text, :every_s int, :added_at int
-- Gives none
INSERT INTO exchange_feed (name, kind, url, mapping, every_s, read_to, whole_at, added_at)
VALUES (:name, :kind, :url, :mapping, :every_s, '', 0, :added_at)
ON CONFLICT (name) DO NOTHING
