-- organisation_set.sql: an organisation as its source now says it is.
-- In   :organisation_id int, :slug text, :name text, :name_folded text, :alternate_name text, :kind text,
--      :description text, :email text, :website text, :phone text, :body_id int?, :comune_id int?,
--      :tax_id text, :tax_status text, :legal_status text, :logo text, :uri text, :parent_uuid text,
--      :year_incorporated int, :parts text, :is_demo int, :state text, :sum int, :changed_at int
-- Gives none
UPDATE organisation
   SET slug = :slug, name = :name, name_folded = :name_folded, alternate_name = :alternate_name,
       kind = :kind, description = :description, email = :email, website = :website, phone = :phone,
       body_id = :body_id, comune_id = :comune_id, tax_id = :tax_id, tax_status = :tax_status,
       legal_status = :legal_status, logo = :logo, uri = :uri, parent_uuid = :parent_uuid,
       year_incorporated = :year_incorporated, parts = :parts, is_demo = :is_demo, state = :state,
       sum = :sum, changed_at = :changed_at
 WHERE organisation_id = :organisation_id
