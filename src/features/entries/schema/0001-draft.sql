-- What somebody typed and did not save yet: kept for thirty days, seen only by who holds a key of that organisation.
CREATE TABLE entries_draft (
    draft_id {{id}}, -- personal
    organisation_id BIGINT NOT NULL, -- public
    link_id BIGINT NOT NULL, -- public
    service_id BIGINT NOT NULL, -- public
    fields TEXT NOT NULL, -- personal
    saved_at BIGINT NOT NULL, -- personal
    UNIQUE (organisation_id, service_id, link_id)
);
CREATE INDEX entries_draft_saved ON entries_draft (saved_at);
