/*
 * outside.h - what the program may know of the world around it, from the settings: for commands and
 * jobs, which have no request to look at.
 *
 * Memory  lives as long as the settings. Texts are never NULL; "" is unset.
 */
#pragma once
#include <stdbool.h>

struct outside {
    const char *origin;     /* "https://welfare.example.it": what addresses in mails begin with */
    bool is_origin_set;     /* false: made up from where the portal listens, good for this machine */
    const char *allow;      /* hosts that may be fetched from (outbound.h) */
    bool lets_loopback;     /* this machine's own address too */
    const char *mail_server; /* "HOST" or "HOST:PORT"; unset: mails wait */
    const char *mail_from;   /* "Name <address>" or an address */
    const char *mail_user, *mail_password_file;
    const char *mail_tls; /* "starttls", "tls" or "none" */
};
