DROP VIEW pub_catalogue_place;
DROP VIEW pub_catalogue_service;
ALTER TABLE catalogue_service DROP COLUMN due_state;
