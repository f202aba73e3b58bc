DROP TABLE upkeep_correction;
DROP TABLE upkeep_check;
DROP TABLE upkeep_sample;
DROP TABLE upkeep_minutes;
DROP TABLE upkeep_act;
DROP TABLE upkeep_round;
DROP TABLE upkeep_mailbox;
DROP TABLE upkeep_service;
