DROP VIEW pub_place;
