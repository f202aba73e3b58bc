-- Services and opportunities, and where they are given. No persons: contacts are roles.
-- `parts` and `more` hold what is always read and written with the row, a line for each (see
-- core/bodies/parts.h). `sum` tells whether what comes again is the same.
CREATE TABLE catalogue_change (
    change_id BIGINT PRIMARY KEY CHECK (change_id = 1), -- public
    n BIGINT NOT NULL -- public
);
INSERT INTO catalogue_change (change_id, n) VALUES (1, 0);
CREATE TABLE catalogue_service (
    service_id {{id}}, -- public
    uuid TEXT NOT NULL UNIQUE, -- public
    code TEXT NOT NULL UNIQUE, -- public
    slug TEXT NOT NULL, -- public
    organisation_id BIGINT NOT NULL REFERENCES organisation (organisation_id), -- public
    kind TEXT NOT NULL CHECK (kind IN ('service', 'benefit', 'course', 'job', 'apprenticeship', 'event',
        'volunteering', 'call')), -- public
    status TEXT NOT NULL CHECK (status IN ('active', 'inactive', 'defunct', 'temporarily closed')), -- public
    state TEXT NOT NULL CHECK (state IN ('shown', 'hidden', 'gone')), -- public
    name TEXT NOT NULL, -- public
    alternate_name TEXT NOT NULL, -- public
    summary TEXT NOT NULL, -- public
    description TEXT NOT NULL, -- public
    url TEXT NOT NULL, -- public
    email TEXT NOT NULL, -- public
    application_process TEXT NOT NULL, -- public
    eligibility TEXT NOT NULL, -- public
    wait_time TEXT NOT NULL, -- public
    interpretation TEXT NOT NULL, -- public
    accreditations TEXT NOT NULL, -- public
    licenses TEXT NOT NULL, -- public
    fees TEXT NOT NULL, -- public
    isee_note TEXT NOT NULL, -- public
    intake TEXT NOT NULL, -- public
    alert TEXT NOT NULL, -- public
    fee TEXT NOT NULL CHECK (fee IN ('unknown', 'free', 'by-isee', 'paid')), -- public
    ways BIGINT NOT NULL, -- public
    min_age REAL, -- public
    max_age REAL, -- public
    places_free BIGINT, -- public
    starts_on TEXT, -- public
    ends_on TEXT, -- public
    apply_by TEXT, -- public
    program_uuid TEXT NOT NULL, -- public
    assurer_email TEXT NOT NULL, -- public
    confirmed_on TEXT, -- public
    confirmed_how TEXT NOT NULL, -- public
    confirmed_by TEXT NOT NULL, -- public
    needs TEXT NOT NULL, -- public
    targets TEXT NOT NULL, -- public
    parts TEXT NOT NULL, -- public
    more TEXT NOT NULL, -- public
    source TEXT NOT NULL, -- public
    source_id TEXT NOT NULL, -- public
    is_demo BIGINT NOT NULL CHECK (is_demo IN (0, 1)), -- public
    initiative_year BIGINT NOT NULL, -- public
    sum BIGINT NOT NULL, -- public
    change_no BIGINT NOT NULL, -- public
    changed_at BIGINT NOT NULL, -- public
    UNIQUE (source, source_id)
);
CREATE INDEX catalogue_service_organisation ON catalogue_service (organisation_id);
CREATE INDEX catalogue_service_change ON catalogue_service (change_no);
CREATE TABLE catalogue_location (
    location_id {{id}}, -- public
    uuid TEXT NOT NULL UNIQUE, -- public
    type TEXT NOT NULL CHECK (type IN ('physical', 'postal', 'virtual')), -- public
    name TEXT NOT NULL, -- public
    alternate_name TEXT NOT NULL, -- public
    description TEXT NOT NULL, -- public
    transportation TEXT NOT NULL, -- public
    url TEXT NOT NULL, -- public
    external_identifier TEXT NOT NULL, -- public
    external_identifier_type TEXT NOT NULL, -- public
    comune_id BIGINT REFERENCES place_area (area_id), -- public
    prov TEXT NOT NULL, -- public
    quarter TEXT NOT NULL, -- public
    lat REAL, -- public
    lon REAL, -- public
    is_point_of_town BIGINT NOT NULL CHECK (is_point_of_town IN (0, 1)), -- public
    is_secret BIGINT NOT NULL CHECK (is_secret IN (0, 1)), -- public
    organisation_id BIGINT REFERENCES organisation (organisation_id), -- public
    parts TEXT NOT NULL, -- public
    source TEXT NOT NULL, -- public
    source_id TEXT NOT NULL, -- public
    sum BIGINT NOT NULL, -- public
    changed_at BIGINT NOT NULL, -- public
    UNIQUE (source, source_id),
    CHECK ((lat IS NULL) = (lon IS NULL)),
    -- the belt beside the braces: what tells where a refuge is cannot stand in this table
    CHECK (is_secret = 0 OR (name = '' AND alternate_name = '' AND description = '' AND transportation = ''
        AND url = '' AND external_identifier = '' AND (lat IS NULL OR is_point_of_town = 1)))
);
CREATE INDEX catalogue_location_comune ON catalogue_location (comune_id);
-- Addresses that must stay secret. Only ever written: no query of the program reads this table.
CREATE TABLE catalogue_secret (
    location_id BIGINT PRIMARY KEY REFERENCES catalogue_location (location_id), -- public
    address TEXT NOT NULL -- special
);
CREATE TABLE catalogue_at (
    at_id {{id}}, -- public
    uuid TEXT NOT NULL UNIQUE, -- public
    service_id BIGINT NOT NULL REFERENCES catalogue_service (service_id), -- public
    location_id BIGINT NOT NULL REFERENCES catalogue_location (location_id), -- public
    position BIGINT NOT NULL, -- public
    description TEXT NOT NULL, -- public
    parts TEXT NOT NULL -- public
);
CREATE INDEX catalogue_at_service ON catalogue_at (service_id);
CREATE INDEX catalogue_at_location ON catalogue_at (location_id);
CREATE TABLE catalogue_taxonomy (
    taxonomy_id {{id}}, -- public
    uuid TEXT NOT NULL UNIQUE, -- public
    name TEXT NOT NULL, -- public
    description TEXT NOT NULL, -- public
    uri TEXT NOT NULL, -- public
    version TEXT NOT NULL, -- public
    source TEXT NOT NULL -- public
);
CREATE TABLE catalogue_term (
    term_id {{id}}, -- public
    uuid TEXT NOT NULL UNIQUE, -- public
    taxonomy_uuid TEXT NOT NULL, -- public
    taxonomy TEXT NOT NULL, -- public
    code TEXT NOT NULL, -- public
    name TEXT NOT NULL, -- public
    description TEXT NOT NULL, -- public
    parent_uuid TEXT NOT NULL, -- public
    language TEXT NOT NULL, -- public
    uri TEXT NOT NULL, -- public
    source TEXT NOT NULL -- public
);
CREATE INDEX catalogue_term_taxonomy ON catalogue_term (taxonomy_uuid);
-- Initiatives named in documents of 2018-2020: is it still there? Answers are numbers, no persons.
CREATE TABLE catalogue_initiative (
    service_id BIGINT PRIMARY KEY REFERENCES catalogue_service (service_id), -- public
    position BIGINT NOT NULL, -- public
    kind TEXT NOT NULL, -- public
    what TEXT NOT NULL, -- public
    project_code TEXT NOT NULL, -- public
    body_codes TEXT NOT NULL, -- public
    document TEXT NOT NULL, -- public
    year BIGINT NOT NULL, -- public
    n_here BIGINT NOT NULL, -- public
    n_gone BIGINT NOT NULL, -- public
    n_unsure BIGINT NOT NULL, -- public
    last_answer TEXT NOT NULL CHECK (last_answer IN ('', 'here', 'gone', 'unsure')), -- public
    last_answer_on TEXT -- public
);
-- Forms that were counted: the same one sent twice counts once. Kept for a day.
CREATE TABLE catalogue_initiative_form (
    nonce TEXT NOT NULL PRIMARY KEY, -- personal
    hour BIGINT NOT NULL -- personal
);
CREATE INDEX catalogue_initiative_form_hour ON catalogue_initiative_form (hour);
-- The checksum of the reference tables that were loaded last.
CREATE TABLE catalogue_loaded (
    name TEXT NOT NULL PRIMARY KEY, -- public
    checksum TEXT NOT NULL -- public
);
