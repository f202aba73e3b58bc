-- draft_sweep.sql: drafts that nobody took up again.
-- In   :before int
-- Gives none
DELETE FROM entries_draft
 WHERE saved_at < :before
