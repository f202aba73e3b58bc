-- keys_all.sql: every organisation that can stand in the albo, by name, with what it is filtered by.
-- Out  organisation_id int, name_folded text, kind text, body_id int?, comune_id int?, runts_section text?, themes text?,
--      is_self_help int?, is_responsible int?
-- Gives many
SELECT o.organisation_id, o.name_folded, o.kind, o.body_id, o.comune_id, e.runts_section, e.themes, e.is_self_help,
       e.is_responsible
  FROM pub_organisation_card o
  LEFT JOIN albo_entry e ON e.organisation_id = o.organisation_id
 WHERE o.state = 'shown' AND o.source <> 'initiatives'
 ORDER BY o.name_folded, o.organisation_id
