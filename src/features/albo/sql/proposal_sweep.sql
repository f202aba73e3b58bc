-- proposal_sweep.sql: proposals answered before a day go.
-- In   :before text
-- Gives none
DELETE FROM albo_proposal
 WHERE state <> 'waiting' AND answered_on < :before
