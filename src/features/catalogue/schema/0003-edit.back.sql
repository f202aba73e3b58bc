DROP TABLE catalogue_conflict;
DROP TABLE catalogue_field_owner;
DROP TABLE catalogue_history;
