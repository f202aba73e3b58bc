-- pulls.sql: the last times a feed was asked, the newest first.
-- In   :feed_id int, :limit int
-- Out  pull_id int, began_at int, ended_at int, state text, why text, n_read int, n_added int, n_changed int, n_same int, n_gone int, n_refused int, n_own int
-- Gives many
SELECT pull_id, began_at, ended_at, state, why, n_read, n_added, n_changed, n_same, n_gone, n_refused, n_own
  FROM exchange_pull
 WHERE feed_id = :feed_id
 ORDER BY pull_id DESC LIMIT :limit
