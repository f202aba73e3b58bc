DROP TABLE models_taken;
DROP TABLE models_copy;
DROP TABLE models_field;
DROP TABLE models_model;
