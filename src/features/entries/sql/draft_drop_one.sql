-- draft_drop_one.sql: one draft of an organisation is thrown away.
-- In   :organisation_id int, :draft_id int
-- Gives none
DELETE FROM entries_draft
 WHERE organisation_id = :organisation_id AND draft_id = :draft_id
