-- measure_all.sql: the five measures of the strategy, in order.
-- Out  measure_no int, for_whom text
-- Gives many
SELECT measure_no, for_whom
  FROM programme_measure
 ORDER BY measure_no
