-- Blind index of people: keyed digests of fields, and which record has them. Without the key it says nothing.
CREATE TABLE people_index (
    digest BIGINT NOT NULL, -- personal
    record_id BIGINT NOT NULL, -- personal
    PRIMARY KEY (digest, record_id)
);
