-- proposal_by_id.sql: one proposal.
-- In   :proposal_id int
-- Out  proposal_id int, code text, state text, name text, kind text, runts_section text, runts_number text, tax_id text,
--      comune_id int, street text, what text, phone text, email text, website text, themes text, is_self_help int,
--      is_responsible int, received_at int, answer text, answered_on text, answered_by text, organisation_id int
-- Gives one
SELECT proposal_id, code, state, name, kind, runts_section, runts_number, tax_id, comune_id, street, what, phone,
       email, website, themes, is_self_help, is_responsible, received_at, answer, answered_on, answered_by,
       organisation_id
  FROM albo_proposal
 WHERE proposal_id = :proposal_id
