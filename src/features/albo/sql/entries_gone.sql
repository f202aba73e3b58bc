-- entries_gone.sql: what the albo says of organisations that are gone: those joined to another hand it on.
-- Out  organisation_id int, runts_section text, runts_number text, themes text, is_self_help int, is_responsible int, is_demo int
-- Gives many
SELECT e.organisation_id, e.runts_section, e.runts_number, e.themes, e.is_self_help, e.is_responsible, e.is_demo
  FROM albo_entry e
  JOIN pub_organisation_card o ON o.organisation_id = e.organisation_id
 WHERE o.state = 'gone'
 ORDER BY e.organisation_id
