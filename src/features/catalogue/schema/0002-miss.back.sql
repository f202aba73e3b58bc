DROP TABLE catalogue_miss;
