-- membership_hide.sql: reference rows of an area and a kind give way to an import, or come back.
-- In   :area_id int, :in_kind text, :is_hidden int
-- Gives none
UPDATE place_membership
   SET is_hidden = :is_hidden
 WHERE area_id = :area_id AND in_kind = :in_kind AND is_import = 0
