-- regulation_step.sql: the next version is in force, unless somebody was quicker.
-- In   :regulation_id int, :version int
-- Gives none
UPDATE regulations_regulation
   SET version = version + 1
 WHERE regulation_id = :regulation_id AND version = :version
