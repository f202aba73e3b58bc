-- draft_of.sql: drafts of an entry, the newest first.
-- In   :organisation_id int, :service_id int
-- Out  draft_id int, link_id int, fields text, saved_at int
-- Gives many
SELECT draft_id, link_id, fields, saved_at
  FROM entries_draft
 WHERE organisation_id = :organisation_id AND service_id = :service_id
 ORDER BY saved_at DESC, draft_id DESC
