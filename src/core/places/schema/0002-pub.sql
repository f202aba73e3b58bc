-- What other slices may read beside their own rows.
CREATE VIEW pub_place AS
SELECT area_id, kind, code, slug, name, parent_id, lat, lon
  FROM place_area;
