DROP TABLE finder_clarity_sent;
DROP TABLE finder_clarity;
