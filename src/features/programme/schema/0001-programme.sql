-- The 22 territorial projects as the 2020 survey describes them; reference data, no persons.
CREATE TABLE programme_project (
    project_id {{id}}, -- public
    code TEXT NOT NULL UNIQUE, -- public
    slug TEXT NOT NULL UNIQUE, -- public
    lead_name TEXT NOT NULL, -- public
    title TEXT NOT NULL, -- public
    folded TEXT NOT NULL, -- public
    population BIGINT NOT NULL CHECK (population > 0), -- public
    area_name TEXT NOT NULL, -- public
    size_class TEXT NOT NULL CHECK (size_class IN ('small', 'medium', 'large', 'regional-capital')), -- public
    n_comuni_stated BIGINT CHECK (n_comuni_stated > 0), -- public
    surveyed TEXT NOT NULL -- public
);
CREATE TABLE programme_project_district (
    project_code TEXT NOT NULL, -- public
    district_no BIGINT NOT NULL CHECK (district_no > 0), -- public
    position BIGINT NOT NULL, -- public
    PRIMARY KEY (project_code, district_no)
);
CREATE TABLE programme_project_body (
    project_code TEXT NOT NULL, -- public
    body_code TEXT NOT NULL, -- public
    position BIGINT NOT NULL, -- public
    PRIMARY KEY (project_code, body_code)
);
CREATE TABLE programme_intervention (
    project_code TEXT NOT NULL, -- public
    kind TEXT NOT NULL, -- public
    category TEXT NOT NULL CHECK (category IN ('territorial-welfare', 'social-innovation')), -- public
    PRIMARY KEY (project_code, kind)
);
CREATE TABLE programme_target (
    target_id {{id}}, -- public
    code TEXT NOT NULL UNIQUE, -- public
    project_code TEXT NOT NULL, -- public
    activity TEXT NOT NULL, -- public
    indicator TEXT NOT NULL, -- public
    kind TEXT NOT NULL CHECK (kind IN ('target', 'design', 'status', 'context')), -- public
    qualifier TEXT NOT NULL CHECK (qualifier IN ('exact', 'about', 'at-least', 'range', 'min', 'max')), -- public
    amount BIGINT NOT NULL, -- public
    amount_to BIGINT, -- public
    unit TEXT NOT NULL, -- public
    people TEXT NOT NULL, -- public
    measured TEXT NOT NULL, -- public
    section TEXT NOT NULL, -- public
    snippet TEXT NOT NULL, -- public
    note TEXT NOT NULL, -- public
    CHECK ((qualifier = 'range') = (amount_to IS NOT NULL))
);
CREATE INDEX programme_target_project ON programme_target (project_code);
CREATE TABLE programme_initiative (
    initiative_id {{id}}, -- public
    name TEXT NOT NULL, -- public
    kind TEXT NOT NULL, -- public
    what TEXT NOT NULL, -- public
    project_code TEXT NOT NULL, -- public
    year BIGINT NOT NULL, -- public
    source TEXT NOT NULL, -- public
    UNIQUE (project_code, name)
);
CREATE TABLE programme_initiative_body (
    project_code TEXT NOT NULL, -- public
    name TEXT NOT NULL, -- public
    body_code TEXT NOT NULL, -- public
    PRIMARY KEY (project_code, name, body_code)
);
CREATE TABLE programme_phase (
    phase_no BIGINT NOT NULL PRIMARY KEY, -- public
    from_month TEXT NOT NULL, -- public
    to_month TEXT NOT NULL -- public
);
CREATE TABLE programme_measure (
    measure_no BIGINT NOT NULL PRIMARY KEY, -- public
    for_whom TEXT NOT NULL -- public
);
