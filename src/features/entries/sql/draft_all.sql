-- draft_all.sql: which entries of an organisation have a draft.
-- In   :organisation_id int
-- Out  service_id int, saved_at int
-- Gives many
SELECT service_id, saved_at
  FROM entries_draft
 WHERE organisation_id = :organisation_id
 ORDER BY saved_at DESC
