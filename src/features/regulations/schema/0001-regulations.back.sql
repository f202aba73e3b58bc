DROP TABLE regulations_version;
DROP TABLE regulations_regulation;
