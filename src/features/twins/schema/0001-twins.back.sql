DROP TABLE twins_moved;
DROP TABLE twins_join;
DROP TABLE twins_pair;
DROP TABLE twins_look;
DROP TABLE twins_key;
