-- entry_put.sql: what the albo says of an organisation.
-- In   :organisation_id int, :runts_section text, :runts_number text, :themes text, :is_self_help int,
--      :is_responsible int, :is_demo int, :updated_on text, :by_body text
-- Gives none
INSERT INTO albo_entry (organisation_id, runts_section, runts_number, themes, is_self_help, is_responsible, is_demo,
    updated_on, by_body)
VALUES (:organisation_id, :runts_section, :runts_number, :themes, :is_self_help, :is_responsible, :is_demo,
    :updated_on, :by_body)
ON CONFLICT (organisation_id) DO UPDATE SET runts_section = excluded.runts_section,
    runts_number = excluded.runts_number, themes = excluded.themes, is_self_help = excluded.is_self_help,
    is_responsible = excluded.is_responsible, is_demo = excluded.is_demo, updated_on = excluded.updated_on,
    by_body = excluded.by_body
