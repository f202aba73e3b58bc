DROP TABLE body_loaded;
DROP TABLE body;
