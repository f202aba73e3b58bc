-- project_district_put.sql: one district of a project.
-- In   :project_code text, :district_no int, :position int
-- Gives none
INSERT INTO programme_project_district (project_code, district_no, position)
VALUES (:project_code, :district_no, :position)
