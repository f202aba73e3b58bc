-- Keys: who holds the address of one opens one door. Only a hash of each is kept.
CREATE TABLE link (
    link_id {{id}}, -- public
    head BIGINT NOT NULL, -- special: the first 64 bits of the hash, to find the row by
    hash TEXT NOT NULL, -- special: the hash of the token, in hexadecimal digits
    purpose TEXT NOT NULL CHECK (purpose IN ('keep', 'phone', 'approve', 'confirm')), -- public
    organisation_id BIGINT REFERENCES organisation (organisation_id), -- public: none: the Region
    note TEXT NOT NULL, -- personal: words of the administrator, perhaps to whom it was given
    issued_on TEXT NOT NULL, -- public
    expires_on TEXT NOT NULL, -- public: the last day it is good
    revoked_on TEXT, -- public
    entered_on TEXT, -- public: the last day somebody came in by it
    CHECK (organisation_id IS NOT NULL OR purpose IN ('phone', 'approve'))
);
CREATE INDEX link_head ON link (head);
CREATE INDEX link_organisation ON link (organisation_id);
-- Who looks after an organisation, where its seat does not say it: told by who knows its services.
CREATE TABLE link_manager (
    organisation_id BIGINT NOT NULL PRIMARY KEY REFERENCES organisation (organisation_id), -- public
    manager_id BIGINT NOT NULL REFERENCES organisation (organisation_id) -- public
);
