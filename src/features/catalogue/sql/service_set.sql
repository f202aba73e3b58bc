-- service_set.sql: a service as its source now says it is.
-- In   :service_id int, :slug text, :organisation_id int, :kind text, :status text, :state text, :name text,
--      :alternate_name text, :summary text, :description text, :url text, :email text,
--      :application_process text, :eligibility text, :wait_time text, :interpretation text,
--      :accreditations text, :licenses text, :fees text, :isee_note text, :intake text, :alert text, :fee text,
--      :ways int, :min_age real?, :max_age real?, :places_free int?, :places_on text?, :starts_on text?, :ends_on text?,
--      :apply_by text?, :program_uuid text, :assurer_email text, :confirmed_on text?, :confirmed_how text,
--      :confirmed_by text, :needs text, :targets text, :parts text, :more text, :is_demo int,
--      :initiative_year int, :sum int, :change_no int, :changed_at int
-- Gives none
UPDATE catalogue_service
   SET slug = :slug, organisation_id = :organisation_id, kind = :kind, status = :status,
       state = :state, name = :name, alternate_name = :alternate_name, summary = :summary,
       description = :description, url = :url, email = :email,
       application_process = :application_process, eligibility = :eligibility, wait_time = :wait_time,
       interpretation = :interpretation, accreditations = :accreditations, licenses = :licenses,
       fees = :fees, isee_note = :isee_note, intake = :intake, alert = :alert, fee = :fee,
       ways = :ways, min_age = :min_age, max_age = :max_age, places_free = :places_free,
       places_on = CASE WHEN places_free = :places_free THEN places_on ELSE :places_on END,
       starts_on = :starts_on, ends_on = :ends_on, apply_by = :apply_by, program_uuid = :program_uuid,
       assurer_email = :assurer_email, confirmed_on = :confirmed_on, confirmed_how = :confirmed_how,
       confirmed_by = :confirmed_by, needs = :needs, targets = :targets, parts = :parts, more = :more,
       is_demo = :is_demo, initiative_year = :initiative_year, sum = :sum, change_no = :change_no,
       changed_at = :changed_at
 WHERE service_id = :service_id
