DROP TABLE recognition_model;
