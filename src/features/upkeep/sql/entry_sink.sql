-- entry_sink.sql: listed, due and not reached for long: it sinks. Nothing is ever hidden by this.
-- In   :sink_rounds int, :today text
-- Gives none
UPDATE upkeep_service
   SET state = 'sunk', waited = 0
 WHERE state = 'listed' AND waited >= :sink_rounds AND due_on <= :today AND is_shown = 1
