-- entry_get.sql: what the albo says of an organisation.
-- In   :organisation_id int
-- Out  runts_section text, runts_number text, themes text, is_self_help int, is_responsible int, is_demo int
-- Gives one
SELECT runts_section, runts_number, themes, is_self_help, is_responsible, is_demo
  FROM albo_entry
 WHERE organisation_id = :organisation_id
