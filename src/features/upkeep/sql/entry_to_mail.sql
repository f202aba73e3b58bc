-- entry_to_mail.sql: entries whose body is to be written to today: due, or asked and silent for long; by organisation.
-- In   :today text, :remind_rounds int, :pause_rounds int
-- Out  organisation_id int, first_due text, n_due int, n_silent int
-- Gives many
SELECT u.organisation_id, MIN(u.due_on) AS first_due,
       COUNT(CASE WHEN u.state = 'kept' THEN 1 END) AS n_due,
       COUNT(CASE WHEN u.state = 'asked' THEN 1 END) AS n_silent
  FROM upkeep_service u
  LEFT JOIN upkeep_mailbox m ON m.organisation_id = u.organisation_id
 WHERE u.is_shown = 1
   AND ((u.state = 'kept' AND u.due_on <= :today)
        OR (u.state = 'asked' AND u.waited >= :remind_rounds AND m.mail_state = 'sent'))
   AND (m.organisation_id IS NULL OR m.n_mails = 0 OR m.since_mail >= :pause_rounds)
   AND (m.organisation_id IS NULL OR m.mail_state <> 'waiting')
 GROUP BY u.organisation_id
 ORDER BY first_due, u.organisation_id
