-- Organisations that act here; all of it is public: no persons.
CREATE TABLE body (
    body_id {{id}}, -- public
    code TEXT NOT NULL UNIQUE, -- public
    name TEXT NOT NULL, -- public
    name_folded TEXT NOT NULL, -- public
    kind TEXT NOT NULL CHECK (kind IN ('consortium', 'health-authority', 'association', 'municipality',
        'union', 'convention')), -- public
    position BIGINT NOT NULL, -- public
    area_id BIGINT NOT NULL UNIQUE REFERENCES place_area (area_id), -- public
    seat_id BIGINT REFERENCES place_area (area_id), -- public
    seat_lat REAL, -- public
    seat_lon REAL, -- public
    is_lead BIGINT NOT NULL CHECK (is_lead IN (0, 1)), -- public
    is_complete BIGINT NOT NULL CHECK (is_complete IN (0, 1)), -- public
    note_it TEXT NOT NULL, -- public
    note_en TEXT NOT NULL, -- public
    valid_to TEXT NOT NULL, -- public
    successor_code TEXT NOT NULL, -- public
    CHECK ((seat_lat IS NULL) = (seat_lon IS NULL))
);
-- The checksum of the reference tables that were loaded last: the same again loads nothing.
CREATE TABLE body_loaded (
    name TEXT NOT NULL PRIMARY KEY, -- public
    checksum TEXT NOT NULL -- public
);
