DROP TABLE organisation_alias;
