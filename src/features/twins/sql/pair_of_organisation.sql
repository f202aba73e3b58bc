-- pair_of_organisation.sql: questions that wait about an organisation or its entries.
-- In   :organisation_id int, :most int
-- Out  pair_id int, kind text, a_id int, b_id int, score int, why int, state text, found_on text, kept_id int,
--      choice text, asked_by int, asked_name text, answered_by text, answered_on text
-- Gives many
SELECT DISTINCT p.pair_id, p.kind, p.a_id, p.b_id, p.score, p.why, p.state, p.found_on, p.kept_id, p.choice,
       p.asked_by, p.asked_name, p.answered_by, p.answered_on
  FROM twins_pair p
  LEFT JOIN pub_catalogue_service s
    ON p.kind = 'service' AND (s.service_id = p.a_id OR s.service_id = p.b_id)
 WHERE p.state = 'open'
   AND (s.organisation_id = :organisation_id
        OR (p.kind = 'organisation' AND (p.a_id = :organisation_id OR p.b_id = :organisation_id)))
 ORDER BY p.score DESC, p.pair_id
 LIMIT :most
