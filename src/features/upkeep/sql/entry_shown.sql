-- entry_shown.sql: shown entries and their bodies, for the sample.
-- Out  service_id int, organisation_id int, body_id int, district_id int, sampled_month int?
-- Gives many
SELECT u.service_id, u.organisation_id, u.body_id, u.district_id, m.sampled_month
  FROM upkeep_service u
  LEFT JOIN upkeep_mailbox m ON m.organisation_id = u.organisation_id
 WHERE u.is_shown = 1
 ORDER BY u.organisation_id, u.service_id
