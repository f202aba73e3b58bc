-- initiative_put.sql: what a document says of an initiative; its answers stay.
-- In   :service_id int, :position int, :kind text, :what text, :project_code text, :body_codes text,
--      :document text, :year int
-- Gives none
INSERT INTO catalogue_initiative (service_id, position, kind, what, project_code, body_codes, document, year,
    n_here, n_gone, n_unsure, last_answer)
VALUES (:service_id, :position, :kind, :what, :project_code, :body_codes, :document, :year, 0, 0, 0, '')
ON CONFLICT (service_id) DO UPDATE SET position = excluded.position, kind = excluded.kind,
    what = excluded.what, project_code = excluded.project_code, body_codes = excluded.body_codes,
    document = excluded.document, year = excluded.year
