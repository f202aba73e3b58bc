-- organisation_add.sql: a new organisation; no row when its id, code or source id is taken.
-- In   :uuid text, :code text, :slug text, :name text, :name_folded text, :alternate_name text, :kind text,
--      :description text, :email text, :website text, :phone text, :body_id int?, :comune_id int?,
--      :tax_id text, :tax_status text, :legal_status text, :logo text, :uri text, :parent_uuid text,
--      :year_incorporated int, :parts text, :source text, :source_id text, :is_demo int, :state text, :sum int,
--      :changed_at int
-- Out  organisation_id int
-- Gives one
INSERT INTO organisation (uuid, code, slug, name, name_folded, alternate_name, kind, description, email, website, phone, body_id,
    comune_id, tax_id, tax_status, legal_status, logo, uri, parent_uuid, year_incorporated, parts, source,
    source_id, is_demo, state, sum, changed_at)
VALUES (:uuid, :code, :slug, :name, :name_folded, :alternate_name, :kind, :description, :email, :website,
    :phone, :body_id, :comune_id, :tax_id, :tax_status, :legal_status, :logo, :uri, :parent_uuid,
    :year_incorporated, :parts, :source, :source_id, :is_demo, :state, :sum, :changed_at)
ON CONFLICT DO NOTHING
RETURNING organisation_id
