-- membership_drop.sql: takes one membership away.
-- In   :membership_id int
-- Gives none
DELETE FROM place_membership
 WHERE membership_id = :membership_id
