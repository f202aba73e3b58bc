DROP TABLE post_mark;
DROP TABLE post_mail;
