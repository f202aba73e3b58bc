-- manager_put.sql: who looks after an organisation.
-- In   :organisation_id int, :manager_id int
-- Gives none
INSERT INTO link_manager (organisation_id, manager_id) VALUES (:organisation_id, :manager_id)
    ON CONFLICT (organisation_id) DO UPDATE SET manager_id = excluded.manager_id
