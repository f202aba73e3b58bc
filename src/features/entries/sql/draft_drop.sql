-- draft_drop.sql: a draft of an entry was saved, or thrown away, by who made it.
-- In   :organisation_id int, :service_id int, :link_id int
-- Gives none
DELETE FROM entries_draft
 WHERE organisation_id = :organisation_id AND service_id = :service_id AND link_id = :link_id
