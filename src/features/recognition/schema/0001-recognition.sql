-- Figures of models and of their judgements. No persons: no value of a record, no group of fewer than 50 true pairs.
CREATE TABLE recognition_model (
    model_id {{id}}, -- public
    label TEXT NOT NULL, -- public
    brought_by TEXT NOT NULL, -- public
    brought_by_id BIGINT NOT NULL, -- public
    brought_at BIGINT NOT NULL, -- public
    gone_at BIGINT NOT NULL, -- public
    is_used BIGINT NOT NULL CHECK (is_used IN (0, 1)), -- public
    digest TEXT NOT NULL UNIQUE, -- public
    figures TEXT NOT NULL, -- public
    quality TEXT NOT NULL -- public
);
