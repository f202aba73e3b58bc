-- service_confirm.sql: somebody has made sure; or how it was before, put back.
-- In   :service_id int, :confirmed_on text?, :confirmed_how text, :confirmed_by text, :change_no int, :changed_at int
-- Gives none
UPDATE catalogue_service
   SET confirmed_on = :confirmed_on, confirmed_how = :confirmed_how, confirmed_by = :confirmed_by,
       change_no = :change_no, changed_at = :changed_at
 WHERE service_id = :service_id
