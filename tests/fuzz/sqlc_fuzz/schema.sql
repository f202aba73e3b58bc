DROP TABLE area; -- and back
CREATE TABLE area (
    area_id {{id}}, -- public
    lat REAL CHECK (lat > 0), -- personal: where
    photo BLOB, -- special
    UNIQUE (lat, photo)
);
ALTER TABLE area ADD COLUMN x INTEGER; -- public
