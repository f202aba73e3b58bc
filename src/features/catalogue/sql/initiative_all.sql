-- initiative_all.sql: initiatives that are not hidden, in the order of the table.
-- Out  service_id int, slug text, name text, state text, kind text, what text, project_code text,
--      body_codes text, document text, year int, n_here int, n_gone int, n_unsure int, last_answer text,
--      last_answer_on text?
-- Gives many
SELECT i.service_id, s.slug, s.name, s.state, i.kind, i.what, i.project_code, i.body_codes, i.document,
       i.year, i.n_here, i.n_gone, i.n_unsure, i.last_answer, i.last_answer_on
  FROM catalogue_initiative i
  JOIN catalogue_service s ON s.service_id = i.service_id
 WHERE s.state <> 'hidden'
 ORDER BY i.position
