-- target_all.sql: every number of the survey, of one project or (empty code) of all.
-- In   :project_code text
-- Out  code text, project_code text, activity text, indicator text, kind text, qualifier text, amount int, amount_to int?, unit text, people text, measured text, section text, snippet text, note text
-- Gives many
SELECT code, project_code, activity, indicator, kind, qualifier, amount, amount_to, unit, people,
       measured, section, snippet, note
  FROM programme_target
 WHERE project_code = :project_code OR :project_code = ''
 ORDER BY code
