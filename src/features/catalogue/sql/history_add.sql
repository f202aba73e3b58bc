-- history_add.sql: one field of an entry changed.
-- In   :service_id int, :change_no int, :field text, :was text, :now text, :how text, :by_body text, :batch text,
--      :undoes int, :was_owned int, :at_ms int
-- Gives none
INSERT INTO catalogue_history (service_id, change_no, field, was, now, how, by_body, batch, undoes, was_owned, at_ms)
VALUES (:service_id, :change_no, :field, :was, :now, :how, :by_body, :batch, :undoes, :was_owned, :at_ms)
