-- Feeds of others that come in by themselves, and what this portal is to them. No persons.
CREATE TABLE exchange_portal (
    portal_id BIGINT PRIMARY KEY CHECK (portal_id = 1), -- public
    uuid TEXT NOT NULL -- public
);
CREATE TABLE exchange_feed (
    feed_id {{id}}, -- public
    name TEXT NOT NULL UNIQUE, -- public
    kind TEXT NOT NULL CHECK (kind IN ('portal', 'hsds', 'file')), -- public
    url TEXT NOT NULL, -- public
    mapping TEXT NOT NULL, -- public
    every_s BIGINT NOT NULL CHECK (every_s > 0), -- public
    -- how far it was read: a change number, an instant, the sum of a file
    read_to TEXT NOT NULL, -- public
    whole_at BIGINT NOT NULL, -- public
    added_at BIGINT NOT NULL -- public
);
-- Each time it was asked: the last few.
CREATE TABLE exchange_pull (
    pull_id {{id}}, -- public
    feed_id BIGINT NOT NULL REFERENCES exchange_feed (feed_id), -- public
    began_at BIGINT NOT NULL, -- public
    ended_at BIGINT NOT NULL, -- public
    state TEXT NOT NULL CHECK (state IN ('taken', 'same', 'failed')), -- public
    why TEXT NOT NULL, -- public
    n_read BIGINT NOT NULL, -- public
    n_added BIGINT NOT NULL, -- public
    n_changed BIGINT NOT NULL, -- public
    n_same BIGINT NOT NULL, -- public
    n_gone BIGINT NOT NULL, -- public
    n_refused BIGINT NOT NULL, -- public
    n_own BIGINT NOT NULL -- public
);
CREATE INDEX exchange_pull_feed ON exchange_pull (feed_id);
-- What was refused of the last pull that was taken or failed.
CREATE TABLE exchange_refusal (
    feed_id BIGINT NOT NULL REFERENCES exchange_feed (feed_id), -- public
    position BIGINT NOT NULL, -- public
    row_no BIGINT NOT NULL, -- public
    field TEXT NOT NULL, -- public
    message TEXT NOT NULL, -- public
    value TEXT NOT NULL, -- public
    PRIMARY KEY (feed_id, position)
);
