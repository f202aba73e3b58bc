-- manager_drop.sql: nobody has been told of.
-- In   :organisation_id int
-- Gives none
DELETE FROM link_manager WHERE organisation_id = :organisation_id
