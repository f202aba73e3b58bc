ALTER TABLE catalogue_service DROP COLUMN places_on;
DROP TABLE catalogue_alias;
