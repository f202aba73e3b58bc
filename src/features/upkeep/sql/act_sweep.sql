-- act_sweep.sql: what can no longer be undone and tells nothing more.
-- In   :before int
-- Gives none
DELETE FROM upkeep_act
 WHERE done_at < :before
