-- What an entry or an organisation shares with others that may be the same: numbers, see twins_like.h.
CREATE TABLE twins_key (
    kind TEXT NOT NULL CHECK (kind IN ('service', 'organisation')), -- public
    thing_id BIGINT NOT NULL, -- public
    key BIGINT NOT NULL, -- public
    PRIMARY KEY (kind, thing_id, key)
);
CREATE INDEX twins_key_key ON twins_key (kind, key);
-- How far the last look went: changes up to `since` were looked at; a look in pieces is at `after_id`.
CREATE TABLE twins_look (
    kind TEXT NOT NULL PRIMARY KEY CHECK (kind IN ('service', 'organisation')), -- public
    since BIGINT NOT NULL, -- public
    goal BIGINT NOT NULL, -- public
    after_id BIGINT NOT NULL -- public
);
INSERT INTO twins_look (kind, since, goal, after_id) VALUES ('service', 0, 0, 0);
INSERT INTO twins_look (kind, since, goal, after_id) VALUES ('organisation', 0, 0, 0);
-- Two that look like one, and what was answered. An answer is never asked again. No persons: bodies' names.
CREATE TABLE twins_pair (
    pair_id {{id}}, -- public
    kind TEXT NOT NULL CHECK (kind IN ('service', 'organisation')), -- public
    a_id BIGINT NOT NULL, -- public
    b_id BIGINT NOT NULL, -- public
    score BIGINT NOT NULL, -- public
    why BIGINT NOT NULL, -- public
    state TEXT NOT NULL CHECK (state IN ('open', 'different', 'joined')), -- public
    found_on TEXT NOT NULL, -- public
    kept_id BIGINT NOT NULL, -- public
    choice TEXT NOT NULL, -- public
    asked_by BIGINT NOT NULL, -- public
    asked_name TEXT NOT NULL, -- public
    answered_by TEXT NOT NULL, -- public
    answered_on TEXT NOT NULL, -- public
    UNIQUE (kind, a_id, b_id),
    CHECK (a_id < b_id)
);
CREATE INDEX twins_pair_b ON twins_pair (kind, b_id);
CREATE INDEX twins_pair_state ON twins_pair (state, kind);
-- Two that were made one, and when they came apart again.
CREATE TABLE twins_join (
    join_id {{id}}, -- public
    kind TEXT NOT NULL CHECK (kind IN ('service', 'organisation')), -- public
    merged_id BIGINT NOT NULL, -- public
    kept_id BIGINT NOT NULL, -- public
    pair_id BIGINT NOT NULL, -- public
    batch TEXT NOT NULL, -- public
    by_body TEXT NOT NULL, -- public
    joined_at BIGINT NOT NULL, -- public
    parted_at BIGINT NOT NULL, -- public
    parted_by TEXT NOT NULL -- public
);
CREATE INDEX twins_join_merged ON twins_join (kind, merged_id);
-- What went from one organisation to the other with it: goes back when they come apart.
CREATE TABLE twins_moved (
    join_id BIGINT NOT NULL REFERENCES twins_join (join_id), -- public
    what TEXT NOT NULL CHECK (what IN ('service', 'place')), -- public
    row_id BIGINT NOT NULL, -- public
    PRIMARY KEY (join_id, what, row_id)
);
