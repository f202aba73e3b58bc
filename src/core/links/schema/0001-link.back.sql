DROP TABLE link_manager;
DROP TABLE link;
