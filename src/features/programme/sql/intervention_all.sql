-- intervention_all.sql: which kinds of intervention each project (empty code) or one has.
-- In   :project_code text
-- Out  project_code text, kind text, category text
-- Gives many
SELECT project_code, kind, category
  FROM programme_intervention
 WHERE project_code = :project_code OR :project_code = ''
 ORDER BY project_code, category, kind
