DROP TABLE messages_note;
