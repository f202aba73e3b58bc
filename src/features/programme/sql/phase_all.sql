-- phase_all.sql: the phases of measure 1, in order; an empty end means still open then.
-- Out  phase_no int, from_month text, to_month text
-- Gives many
SELECT phase_no, from_month, to_month
  FROM programme_phase
 ORDER BY phase_no
