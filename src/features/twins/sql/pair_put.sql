-- pair_put.sql: two look like one; what was answered already stays answered.
-- In   :kind text, :a_id int, :b_id int, :score int, :why int, :found_on text
-- Gives none
INSERT INTO twins_pair (kind, a_id, b_id, score, why, state, found_on, kept_id, choice, asked_by, asked_name,
    answered_by, answered_on)
VALUES (:kind, :a_id, :b_id, :score, :why, 'open', :found_on, 0, '', 0, '', '', '')
ON CONFLICT (kind, a_id, b_id) DO UPDATE SET score = excluded.score, why = excluded.why
 WHERE twins_pair.state = 'open'
