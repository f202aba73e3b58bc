DROP TABLE albo_proposal;
DROP TABLE albo_entry;
