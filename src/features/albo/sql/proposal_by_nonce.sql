-- proposal_by_nonce.sql: the code of the proposal that a form made.
-- In   :nonce text
-- Out  code text, name text
-- Gives one
SELECT code, name
  FROM albo_proposal
 WHERE nonce = :nonce
