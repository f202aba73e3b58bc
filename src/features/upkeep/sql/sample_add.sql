-- sample_add.sql: the sample of a month, once.
-- In   :month int, :seed int, :drawn_on text, :n_shown int
-- Gives none
INSERT INTO upkeep_sample (month, seed, drawn_on, n_shown)
VALUES (:month, :seed, :drawn_on, :n_shown)
