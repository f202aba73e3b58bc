-- What the program keeps about itself: one value per key.
CREATE TABLE app_state (
    name TEXT PRIMARY KEY, -- public
    value TEXT NOT NULL    -- public: no key here opens personal data; form_key guards forms only
);
