DROP VIEW pub_organisation;
DROP TABLE organisation;
