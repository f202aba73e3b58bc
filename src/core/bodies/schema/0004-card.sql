-- What lists of organisations are made of, for slices that keep something beside them.
CREATE VIEW pub_organisation_card AS
SELECT organisation_id, slug, name, name_folded, kind, body_id, comune_id, tax_id, source, is_demo, state
  FROM organisation;
