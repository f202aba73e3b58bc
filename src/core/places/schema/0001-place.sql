-- Areas of the territory and which lies in which. All of it is public: no persons.
-- Days are ISO text: valid_from '' is not known, valid_to '9999-12-31' is still so.
CREATE TABLE place_area (
    area_id {{id}}, -- public
    kind TEXT NOT NULL CHECK (kind IN ('hamlet', 'comune', 'body-area', 'district', 'health-district',
        'asl', 'project', 'province', 'region', 'free')), -- public
    code TEXT NOT NULL, -- public
    slug TEXT NOT NULL, -- public
    name TEXT NOT NULL, -- public
    name_folded TEXT NOT NULL, -- public
    position BIGINT NOT NULL, -- public
    parent_id BIGINT REFERENCES place_area (area_id), -- public
    valid_from TEXT NOT NULL, -- public
    valid_to TEXT NOT NULL, -- public
    lat REAL, -- public
    lon REAL, -- public
    UNIQUE (kind, code),
    UNIQUE (kind, slug),
    CHECK ((lat IS NULL) = (lon IS NULL)),
    CHECK (valid_from <= valid_to)
);
CREATE INDEX place_area_near ON place_area (kind, lat, lon);
CREATE TABLE place_comune (
    area_id BIGINT PRIMARY KEY REFERENCES place_area (area_id), -- public
    istat TEXT NOT NULL UNIQUE, -- public
    belfiore TEXT NOT NULL UNIQUE, -- public
    prov TEXT NOT NULL -- public
);
-- Names and slugs from before, by which an area is still found.
CREATE TABLE place_alias (
    alias_id {{id}}, -- public
    area_id BIGINT NOT NULL REFERENCES place_area (area_id), -- public
    kind TEXT NOT NULL CHECK (kind IN ('former', 'slug')), -- public
    name TEXT NOT NULL, -- public
    name_folded TEXT NOT NULL, -- public
    slug TEXT NOT NULL, -- public
    valid_to TEXT NOT NULL, -- public
    UNIQUE (kind, slug, area_id)
);
CREATE INDEX place_alias_slug ON place_alias (slug);
CREATE TABLE place_source (
    source_id {{id}}, -- public
    label TEXT NOT NULL UNIQUE -- public
);
CREATE TABLE place_membership (
    membership_id {{id}}, -- public
    area_id BIGINT NOT NULL REFERENCES place_area (area_id), -- public
    in_id BIGINT NOT NULL REFERENCES place_area (area_id), -- public
    in_kind TEXT NOT NULL, -- public
    valid_from TEXT NOT NULL, -- public
    valid_to TEXT NOT NULL, -- public
    as_of TEXT NOT NULL, -- public
    evidence TEXT NOT NULL CHECK (evidence IN ('list', 'list-partial', 'table', 'seat', 'district',
        'project', 'merger', 'code', 'import')), -- public
    source_id BIGINT NOT NULL REFERENCES place_source (source_id), -- public
    is_import BIGINT NOT NULL CHECK (is_import IN (0, 1)), -- public
    is_hidden BIGINT NOT NULL CHECK (is_hidden IN (0, 1)), -- public
    UNIQUE (area_id, in_id, valid_from, is_import),
    CHECK (area_id <> in_id),
    CHECK (valid_from <= valid_to)
);
CREATE INDEX place_membership_in ON place_membership (in_id);
CREATE TABLE place_cap (
    cap TEXT NOT NULL, -- public
    area_id BIGINT NOT NULL REFERENCES place_area (area_id), -- public
    PRIMARY KEY (cap, area_id)
);
CREATE INDEX place_cap_area ON place_cap (area_id);
-- How the territory is laid flat; one row once there is a map.
CREATE TABLE place_frame (
    frame_id BIGINT PRIMARY KEY CHECK (frame_id = 1), -- public
    lat_0 REAL NOT NULL, -- public
    lon_0 REAL NOT NULL, -- public
    unit_m REAL NOT NULL, -- public
    is_schematic BIGINT NOT NULL CHECK (is_schematic IN (0, 1)), -- public
    source TEXT NOT NULL -- public
);
CREATE TABLE place_outline (
    area_id BIGINT NOT NULL REFERENCES place_area (area_id), -- public
    detail BIGINT NOT NULL CHECK (detail IN (0, 1)), -- public
    path TEXT NOT NULL, -- public
    label_x BIGINT NOT NULL, -- public
    label_y BIGINT NOT NULL, -- public
    x BIGINT NOT NULL, -- public
    y BIGINT NOT NULL, -- public
    w BIGINT NOT NULL, -- public
    h BIGINT NOT NULL, -- public
    PRIMARY KEY (area_id, detail)
);
CREATE INDEX place_outline_label ON place_outline (detail, area_id, label_x, label_y);
-- Borders: one line between two comuni (right_id NULL: the outside); points as "x y dx dy dx dy ...".
CREATE TABLE place_arc (
    arc_no BIGINT PRIMARY KEY, -- public
    left_id BIGINT NOT NULL REFERENCES place_area (area_id), -- public
    right_id BIGINT REFERENCES place_area (area_id), -- public
    fine TEXT NOT NULL, -- public
    coarse TEXT NOT NULL -- public
);
CREATE INDEX place_arc_left ON place_arc (left_id);
CREATE INDEX place_arc_right ON place_arc (right_id);
-- What was loaded from reference/, so that a start that finds the same loads nothing.
CREATE TABLE place_loaded (
    name TEXT NOT NULL PRIMARY KEY, -- public
    checksum TEXT NOT NULL -- public
);
