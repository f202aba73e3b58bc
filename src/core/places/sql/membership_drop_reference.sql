-- membership_drop_reference.sql: rows of the reference tables go before they are loaded again;
-- those that follow from codes and those of imports stay.
-- Gives none
DELETE FROM place_membership
 WHERE is_import = 0 AND evidence <> 'code'
