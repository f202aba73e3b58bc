-- history_one.sql: one change by its key.
-- In   :history_id int
-- Out  history_id int, service_id int, change_no int, field text, was text, now text, how text, by_body text, batch text,
--      undoes int, was_owned int, at_ms int, slug text, name text, organisation_id int, n_undone int
-- Gives one
SELECT h.history_id, h.service_id, h.change_no, h.field, h.was, h.now, h.how, h.by_body, h.batch, h.undoes,
       h.was_owned, h.at_ms, s.slug, s.name, s.organisation_id,
       (SELECT COUNT(*) FROM catalogue_history u WHERE u.service_id = h.service_id AND u.undoes = h.history_id) AS n_undone
  FROM catalogue_history h
  JOIN catalogue_service s ON s.service_id = h.service_id
 WHERE h.history_id = :history_id
