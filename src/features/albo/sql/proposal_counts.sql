-- proposal_counts.sql: how many wait, and how many came since an instant.
-- In   :since int
-- Out  n_waiting int, n_since int
-- Gives one
SELECT COUNT(CASE WHEN state = 'waiting' THEN 1 END) AS n_waiting,
       COUNT(CASE WHEN received_at >= :since THEN 1 END) AS n_since
  FROM albo_proposal
