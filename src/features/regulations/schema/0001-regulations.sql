-- Regulations of managing bodies as texts, each with its history. No persons: who wrote is the body.
CREATE TABLE regulations_regulation (
    regulation_id {{id}}, -- public
    slug TEXT NOT NULL UNIQUE, -- public
    organisation_id BIGINT NOT NULL, -- public
    kind TEXT NOT NULL, -- public
    version BIGINT NOT NULL, -- public
    source_key TEXT NOT NULL -- public
);
CREATE INDEX regulations_regulation_organisation ON regulations_regulation (organisation_id, kind);
-- Every text it ever had. is_open 0: taken back, nothing is in force.
CREATE TABLE regulations_version (
    regulation_id BIGINT NOT NULL REFERENCES regulations_regulation (regulation_id), -- public
    version BIGINT NOT NULL, -- public
    title TEXT NOT NULL, -- public
    valid_from TEXT NOT NULL, -- public
    valid_to TEXT NOT NULL, -- public
    words TEXT NOT NULL, -- public
    is_open BIGINT NOT NULL CHECK (is_open IN (0, 1)), -- public
    is_invented BIGINT NOT NULL CHECK (is_invented IN (0, 1)), -- public
    how TEXT NOT NULL CHECK (how IN ('form', 'text', 'undo', 'demo')), -- public
    of_version BIGINT NOT NULL, -- public
    changed_at BIGINT NOT NULL, -- public
    PRIMARY KEY (regulation_id, version)
);
