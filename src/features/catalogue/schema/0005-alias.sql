-- Entries that were joined to another: their addresses and ids lead to the one that is kept.
CREATE TABLE catalogue_alias (
    service_id BIGINT PRIMARY KEY REFERENCES catalogue_service (service_id), -- public
    kept_id BIGINT NOT NULL REFERENCES catalogue_service (service_id), -- public
    merged_at BIGINT NOT NULL, -- public
    CHECK (service_id <> kept_id)
);
CREATE INDEX catalogue_alias_kept ON catalogue_alias (kept_id);
-- The day when the number of free places was said: after some weeks it is no longer believed.
ALTER TABLE catalogue_service ADD COLUMN places_on TEXT; -- public
