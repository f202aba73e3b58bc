-- project_put.sql: one project of the reference table; its id stays the same when it was there.
-- In   :code text, :slug text, :lead_name text, :title text, :folded text, :population int, :area_name text, :size_class text, :n_comuni_stated int?, :surveyed text
-- Gives none
INSERT INTO programme_project (code, slug, lead_name, title, folded, population, area_name,
                               size_class, n_comuni_stated, surveyed)
VALUES (:code, :slug, :lead_name, :title, :folded, :population, :area_name, :size_class,
        :n_comuni_stated, :surveyed)
ON CONFLICT (code) DO UPDATE
   SET slug = excluded.slug, lead_name = excluded.lead_name, title = excluded.title,
       folded = excluded.folded, population = excluded.population,
       area_name = excluded.area_name, size_class = excluded.size_class,
       n_comuni_stated = excluded.n_comuni_stated, surveyed = excluded.surveyed
