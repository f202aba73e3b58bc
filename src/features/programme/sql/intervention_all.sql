-- intervention_all.sql: which kinds of intervention each project has.
-- Out  project_code text, kind text, category text
-- Gives many
SELECT project_code, kind, category
  FROM programme_intervention
 ORDER BY project_code, category, kind
