-- Searches that found nothing, counted by need, comune and month: nothing else of them is known.
CREATE TABLE catalogue_miss (
    need TEXT NOT NULL, -- public
    area_id BIGINT NOT NULL, -- public
    month TEXT NOT NULL, -- public
    n BIGINT NOT NULL CHECK (n > 0), -- public
    PRIMARY KEY (month, area_id, need)
);
