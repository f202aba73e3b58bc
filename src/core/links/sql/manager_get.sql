-- manager_get.sql: who was told of.
-- In   :organisation_id int
-- Out  manager_id int
-- Gives one
SELECT manager_id FROM link_manager WHERE organisation_id = :organisation_id
