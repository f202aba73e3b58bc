-- Services described once and copied by many bodies. No persons.
CREATE TABLE models_model (
    model_id {{id}}, -- public
    code TEXT NOT NULL UNIQUE, -- public
    organisation_id BIGINT NOT NULL, -- public
    name TEXT NOT NULL, -- public
    is_open BIGINT NOT NULL CHECK (is_open IN (0, 1)), -- public
    is_demo BIGINT NOT NULL CHECK (is_demo IN (0, 1)), -- public
    made_on TEXT NOT NULL, -- public
    changed_on TEXT NOT NULL -- public
);
CREATE TABLE models_field (
    model_id BIGINT NOT NULL REFERENCES models_model (model_id), -- public
    field TEXT NOT NULL, -- public
    words TEXT NOT NULL, -- public
    PRIMARY KEY (model_id, field)
);
-- Entries that were begun from a model and still follow it.
CREATE TABLE models_copy (
    service_id BIGINT PRIMARY KEY REFERENCES catalogue_service (service_id), -- public
    model_id BIGINT NOT NULL REFERENCES models_model (model_id), -- public
    taken_on TEXT NOT NULL -- public
);
CREATE INDEX models_copy_model ON models_copy (model_id);
-- What a copy took last: a field that still reads so is in step; another text is its body's own.
CREATE TABLE models_taken (
    service_id BIGINT NOT NULL REFERENCES models_copy (service_id), -- public
    field TEXT NOT NULL, -- public
    words TEXT NOT NULL, -- public
    PRIMARY KEY (service_id, field)
);
