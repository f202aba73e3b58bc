-- What the albo says of an organisation beside its name and contacts. No persons.
CREATE TABLE albo_entry (
    organisation_id BIGINT PRIMARY KEY REFERENCES organisation (organisation_id), -- public
    runts_section TEXT NOT NULL CHECK (runts_section IN ('', 'odv', 'aps', 'philanthropic', 'social-enterprise',
        'network', 'mutual-aid', 'other')), -- public
    runts_number TEXT NOT NULL, -- public
    themes TEXT NOT NULL, -- public
    is_self_help BIGINT NOT NULL CHECK (is_self_help IN (0, 1)), -- public
    is_responsible BIGINT NOT NULL CHECK (is_responsible IN (0, 1)), -- public
    is_demo BIGINT NOT NULL CHECK (is_demo IN (0, 1)), -- public
    updated_on TEXT NOT NULL, -- public
    by_body TEXT NOT NULL -- public
);
-- Bodies that somebody proposes. Who proposes gives no name; the telephone and the mail are the desk's.
CREATE TABLE albo_proposal (
    proposal_id {{id}}, -- public
    code TEXT NOT NULL UNIQUE, -- personal
    nonce TEXT NOT NULL UNIQUE, -- personal
    state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'refused')), -- public
    name TEXT NOT NULL, -- public
    kind TEXT NOT NULL, -- public
    runts_section TEXT NOT NULL, -- public
    runts_number TEXT NOT NULL, -- public
    tax_id TEXT NOT NULL, -- public
    comune_id BIGINT NOT NULL REFERENCES place_area (area_id), -- public
    street TEXT NOT NULL, -- public
    what TEXT NOT NULL, -- public
    phone TEXT NOT NULL, -- public
    email TEXT NOT NULL, -- public
    website TEXT NOT NULL, -- public
    themes TEXT NOT NULL, -- public
    is_self_help BIGINT NOT NULL CHECK (is_self_help IN (0, 1)), -- public
    is_responsible BIGINT NOT NULL CHECK (is_responsible IN (0, 1)), -- public
    received_at BIGINT NOT NULL, -- personal
    answer TEXT NOT NULL, -- public
    answered_on TEXT NOT NULL, -- public
    answered_by TEXT NOT NULL, -- public
    organisation_id BIGINT NOT NULL -- public
);
CREATE INDEX albo_proposal_received ON albo_proposal (received_at);
CREATE INDEX albo_proposal_state ON albo_proposal (state);
