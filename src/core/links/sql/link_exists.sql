-- link_exists.sql: whether there is such a key.
-- In   :link_id int
-- Out  n int
-- Gives one
SELECT count(*) FROM link WHERE link_id = :link_id
