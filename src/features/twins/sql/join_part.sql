-- join_part.sql: they came apart.
-- In   :join_id int, :parted_at int, :parted_by text
-- Gives none
UPDATE twins_join
   SET parted_at = :parted_at, parted_by = :parted_by
 WHERE join_id = :join_id AND parted_at = 0
