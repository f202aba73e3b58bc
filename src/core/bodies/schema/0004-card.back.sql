DROP VIEW pub_organisation_card;
