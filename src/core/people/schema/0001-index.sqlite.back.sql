DROP TABLE people_index;
