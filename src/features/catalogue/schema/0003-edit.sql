-- What changed in an entry, by hand or by a feed: a row for each field. No persons: `by_body` is a body's name.
CREATE TABLE catalogue_history (
    history_id {{id}}, -- public
    service_id BIGINT NOT NULL REFERENCES catalogue_service (service_id), -- public
    change_no BIGINT NOT NULL, -- public
    field TEXT NOT NULL, -- public
    was TEXT NOT NULL, -- public
    now TEXT NOT NULL, -- public
    how TEXT NOT NULL CHECK (how IN ('desk', 'phone', 'feed', 'merge', 'undo', 'paste', 'model')), -- public
    by_body TEXT NOT NULL, -- public
    batch TEXT NOT NULL, -- public
    undoes BIGINT NOT NULL, -- public
    was_owned BIGINT NOT NULL CHECK (was_owned IN (0, 1)), -- public
    at_ms BIGINT NOT NULL -- public
);
CREATE INDEX catalogue_history_service ON catalogue_history (service_id, field, history_id);
CREATE INDEX catalogue_history_batch ON catalogue_history (batch);
-- Fields that their body corrected: a feed leaves them alone.
CREATE TABLE catalogue_field_owner (
    service_id BIGINT NOT NULL REFERENCES catalogue_service (service_id), -- public
    field TEXT NOT NULL, -- public
    source TEXT NOT NULL, -- public
    at_ms BIGINT NOT NULL, -- public
    PRIMARY KEY (service_id, field)
);
-- What a feed, or a second editor, says of a field that is left as it is.
CREATE TABLE catalogue_conflict (
    conflict_id {{id}}, -- public
    service_id BIGINT NOT NULL REFERENCES catalogue_service (service_id), -- public
    field TEXT NOT NULL, -- public
    ours TEXT NOT NULL, -- public
    theirs TEXT NOT NULL, -- public
    source TEXT NOT NULL, -- public
    is_editor BIGINT NOT NULL CHECK (is_editor IN (0, 1)), -- public
    at_ms BIGINT NOT NULL, -- public
    settled_at BIGINT NOT NULL -- public
);
CREATE INDEX catalogue_conflict_service ON catalogue_conflict (service_id, settled_at);
