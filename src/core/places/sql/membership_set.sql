-- membership_set.sql: what is known of a membership now.
-- In   :membership_id int, :valid_to text, :as_of text, :evidence text, :source_id int
-- Gives none
UPDATE place_membership
   SET valid_to = :valid_to, as_of = :as_of, evidence = :evidence, source_id = :source_id
 WHERE membership_id = :membership_id
