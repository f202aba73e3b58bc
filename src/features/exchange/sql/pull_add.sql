-- pull_add.sql: it was asked.
-- In   :feed_id int, :began_at int, :ended_at int, :state text, :why text, :n_read int, :n_added int, :n_changed int, :n_same int, :n_gone int, :n_refused int, :n_own int
-- Gives none
INSERT INTO exchange_pull (feed_id, began_at, ended_at, state, why, n_read, n_added, n_changed, n_same, n_gone, n_refused, n_own)
VALUES (:feed_id, :began_at, :ended_at, :state, :why, :n_read, :n_added, :n_changed, :n_same, :n_gone, :n_refused, :n_own)
