DROP TABLE staging_block;
DROP TABLE staging_run;
DROP TABLE staging_known;
DROP TABLE staging_source;
