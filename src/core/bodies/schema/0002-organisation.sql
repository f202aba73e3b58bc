-- Every organisation of the territory; no persons: a contact in `parts` is a role.
CREATE TABLE organisation (
    organisation_id {{id}}, -- public
    uuid TEXT NOT NULL UNIQUE, -- public
    code TEXT NOT NULL UNIQUE, -- public
    slug TEXT NOT NULL UNIQUE, -- public
    name TEXT NOT NULL, -- public
    name_folded TEXT NOT NULL, -- public
    alternate_name TEXT NOT NULL, -- public
    kind TEXT NOT NULL CHECK (kind IN ('consortium', 'health-authority', 'association', 'municipality',
        'union', 'convention', 'third-sector', 'school', 'health', 'parish', 'company', 'public', 'group',
        'other')), -- public
    description TEXT NOT NULL, -- public
    email TEXT NOT NULL, -- public
    website TEXT NOT NULL, -- public
    phone TEXT NOT NULL, -- public
    body_id BIGINT REFERENCES body (body_id), -- public
    comune_id BIGINT REFERENCES place_area (area_id), -- public
    tax_id TEXT NOT NULL, -- public
    tax_status TEXT NOT NULL, -- public
    legal_status TEXT NOT NULL, -- public
    logo TEXT NOT NULL, -- public
    uri TEXT NOT NULL, -- public
    parent_uuid TEXT NOT NULL, -- public
    year_incorporated BIGINT NOT NULL, -- public
    parts TEXT NOT NULL, -- public
    source TEXT NOT NULL, -- public
    source_id TEXT NOT NULL, -- public
    is_demo BIGINT NOT NULL CHECK (is_demo IN (0, 1)), -- public
    state TEXT NOT NULL CHECK (state IN ('shown', 'hidden', 'gone')), -- public
    sum BIGINT NOT NULL, -- public
    changed_at BIGINT NOT NULL, -- public
    UNIQUE (source, source_id)
);
CREATE UNIQUE INDEX organisation_body ON organisation (body_id);
CREATE INDEX organisation_changed ON organisation (changed_at);
-- What other slices may read beside their own rows.
CREATE VIEW pub_organisation AS
SELECT organisation_id, uuid, slug, name, kind, phone, state
  FROM organisation;
