-- regulation_list.sql: what is in force of each regulation, of a kind or of all, of an organisation or of all.
-- In   :kind text, :organisation_id int
-- Out  regulation_id int, slug text, organisation_id int, kind text, version int, title text, valid_from text,
--   valid_to text, words text, is_invented int, changed_at int
-- Gives many
SELECT r.regulation_id, r.slug, r.organisation_id, r.kind, r.version, v.title, v.valid_from,
       v.valid_to, v.words, v.is_invented, v.changed_at
  FROM regulations_regulation r
  JOIN regulations_version v ON v.regulation_id = r.regulation_id AND v.version = r.version
 WHERE v.is_open = 1
   AND (:kind = '' OR r.kind = :kind)
   AND (:organisation_id = 0 OR r.organisation_id = :organisation_id)
 ORDER BY r.organisation_id, v.title, r.regulation_id
