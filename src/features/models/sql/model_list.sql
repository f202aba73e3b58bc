-- model_list.sql: the models that are offered, by name.
-- Out  model_id int, code text, organisation_id int, name text, is_open int, is_demo int, changed_on text, n_copies int
-- Gives many
SELECT m.model_id, m.code, m.organisation_id, m.name, m.is_open, m.is_demo, m.changed_on,
       (SELECT COUNT(*) FROM models_copy k WHERE k.model_id = m.model_id) AS n_copies
  FROM models_model m
 WHERE m.is_open = 1
 ORDER BY m.name, m.model_id
