-- What comes in waits here until all of it is there. No persons: what waits is what the catalogue will show.
CREATE TABLE staging_source (
    source_id {{id}}, -- public
    name TEXT NOT NULL UNIQUE, -- public
    hash_key BLOB NOT NULL -- public
);
-- Sums of what was taken last: a bucket holds 25 bytes for each entry.
CREATE TABLE staging_known (
    source_id BIGINT NOT NULL REFERENCES staging_source (source_id), -- public
    bucket BIGINT NOT NULL CHECK (bucket BETWEEN 0 AND 255), -- public
    entries BLOB NOT NULL, -- public
    PRIMARY KEY (source_id, bucket)
);
CREATE TABLE staging_run (
    run_id {{id}}, -- public
    source_id BIGINT NOT NULL UNIQUE REFERENCES staging_source (source_id), -- public
    identity TEXT NOT NULL, -- public
    reader TEXT NOT NULL, -- public
    is_sealed BIGINT NOT NULL CHECK (is_sealed IN (0, 1)), -- public
    is_whole BIGINT NOT NULL CHECK (is_whole IN (0, 1)), -- public
    n_blocks BIGINT NOT NULL, -- public
    read_to BIGINT NOT NULL, -- public
    page TEXT NOT NULL, -- public
    n_read BIGINT NOT NULL, -- public
    n_refused BIGINT NOT NULL, -- public
    started_at BIGINT NOT NULL -- public
);
-- Blocks of a run that is no more are taken away bit by bit.
CREATE TABLE staging_block (
    run_id BIGINT NOT NULL, -- public
    block_no BIGINT NOT NULL, -- public
    bytes BLOB NOT NULL, -- public
    PRIMARY KEY (run_id, block_no)
);
