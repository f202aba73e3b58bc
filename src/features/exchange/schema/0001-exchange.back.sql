DROP TABLE exchange_refusal;
DROP TABLE exchange_pull;
DROP TABLE exchange_feed;
DROP TABLE exchange_portal;
