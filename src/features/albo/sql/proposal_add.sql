-- proposal_add.sql: a body is proposed; changes nothing when this form (its nonce) was sent already.
-- In   :code text, :nonce text, :name text, :kind text, :runts_section text, :runts_number text, :tax_id text,
--      :comune_id int, :street text, :what text, :phone text, :email text, :website text, :themes text,
--      :is_self_help int, :is_responsible int, :received_at int
-- Gives none
INSERT INTO albo_proposal (code, nonce, state, name, kind, runts_section, runts_number, tax_id, comune_id, street, what,
    phone, email, website, themes, is_self_help, is_responsible, received_at, answer, answered_on, answered_by,
    organisation_id)
VALUES (:code, :nonce, 'waiting', :name, :kind, :runts_section, :runts_number, :tax_id, :comune_id, :street, :what,
    :phone, :email, :website, :themes, :is_self_help, :is_responsible, :received_at, '', '', '', 0)
ON CONFLICT (nonce) DO NOTHING
