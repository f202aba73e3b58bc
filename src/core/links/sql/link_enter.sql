-- link_enter.sql: somebody came in by it today.
-- In   :link_id int, :on_day text
-- Gives none
UPDATE link SET entered_on = :on_day WHERE link_id = :link_id AND (entered_on IS NULL OR entered_on <> :on_day)
