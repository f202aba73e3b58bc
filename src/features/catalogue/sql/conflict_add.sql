-- conflict_add.sql: somebody else says a field otherwise.
-- In   :service_id int, :field text, :ours text, :theirs text, :source text, :is_editor int, :at_ms int
-- Gives none
INSERT INTO catalogue_conflict (service_id, field, ours, theirs, source, is_editor, at_ms, settled_at)
VALUES (:service_id, :field, :ours, :theirs, :source, :is_editor, :at_ms, 0)
