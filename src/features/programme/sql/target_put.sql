-- target_put.sql: one number of the survey.
-- In   :code text, :project_code text, :activity text, :indicator text, :kind text, :qualifier text, :amount int, :amount_to int?, :unit text, :people text, :measured text, :section text, :snippet text, :note text
-- Gives none
INSERT INTO programme_target (code, project_code, activity, indicator, kind, qualifier, amount,
                              amount_to, unit, people, measured, section, snippet, note)
VALUES (:code, :project_code, :activity, :indicator, :kind, :qualifier, :amount, :amount_to,
        :unit, :people, :measured, :section, :snippet, :note)
