-- initiative_form_sweep.sql: forms of long ago.
-- In   :before int
-- Gives none
DELETE FROM catalogue_initiative_form
 WHERE hour < :before
