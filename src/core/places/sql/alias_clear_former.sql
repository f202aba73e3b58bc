-- alias_clear_former.sql: takes former names away before the reference loads them again.
-- Gives none
DELETE FROM place_alias
 WHERE kind = 'former'
