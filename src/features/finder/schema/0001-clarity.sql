-- How clear people find the pages of services: numbers by month, nobody's answers.
CREATE TABLE finder_clarity (
    service_uuid TEXT NOT NULL, -- public
    month TEXT NOT NULL, -- public
    stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5), -- public
    answer INTEGER NOT NULL CHECK (answer BETWEEN 0 AND 5), -- public
    n INTEGER NOT NULL CHECK (n > 0), -- public
    PRIMARY KEY (service_uuid, month, stars, answer)
);
-- Forms already counted, for two days: the same one sent twice counts once.
CREATE TABLE finder_clarity_sent (
    nonce TEXT NOT NULL PRIMARY KEY, -- public
    sent_on TEXT NOT NULL -- public
);
CREATE INDEX finder_clarity_sent_on ON finder_clarity_sent (sent_on);
