-- Organisations that were joined to another: their addresses and ids lead to the one that is kept.
CREATE TABLE organisation_alias (
    organisation_id BIGINT PRIMARY KEY REFERENCES organisation (organisation_id), -- public
    kept_id BIGINT NOT NULL REFERENCES organisation (organisation_id), -- public
    merged_at BIGINT NOT NULL, -- public
    CHECK (organisation_id <> kept_id)
);
CREATE INDEX organisation_alias_kept ON organisation_alias (kept_id);
