/*
 * settings.h - every setting of the program in one table: name, default, limits, meaning.
 *
 * Where   in rising order: the default; DATA/wecare.ini ([section] name = value); the environment
 *         (WECARE_SECTION_NAME); the command line (--set section.name=value, and the short ways
 *         --data, --store, --listen).
 * Errors  an unknown setting names the nearest known one; a value out of limits says the limits.
 *         The program does not start.
 * Doc     `wecare settings` prints the table; docs/operator/settings.md is made from it and a
 *         test compares the two.
 */
#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"

enum setting_id {
    SET_DATA,
    SET_STORE,
    SET_LISTEN,
    SET_ORIGIN,
    SET_PORTAL_NAME,
    SET_PORTAL_LICENCE,
    SET_REGION_NAME,
    SET_REGION_LOGO,
    SET_PHONE_NUMBER,
    SET_PHONE_HOURS,
    SET_KEEPER_NAME,
    SET_KEEPER_CONTACT,
    SET_LOG_LEVEL,
    SET_STORE_READERS,
    SET_STORE_QUEUE,
    SET_WEB_CONNECTIONS,
    SET_WEB_PER_ADDRESS,
    SET_WEB_AT_WORK,
    SET_WEB_WAIT_MS,
    SET_WEB_IDLE_S,
    SET_WEB_REQUEST_S,
    SET_WEB_GRACE_MS,
    SET_WEB_BODY_KB,
    SET_WEB_MEMORY_KB,
    SET_WEB_KEPT_KB,
    SET_WEB_POINTS,
    SET_OUTBOUND_ALLOW,
    SET_OUTBOUND_LOOPBACK,
    SET_MAIL_SERVER,
    SET_MAIL_FROM,
    SET_MAIL_USER,
    SET_MAIL_PASSWORD_FILE,
    SET_MAIL_TLS,
    SET_COUNT
};

struct settings {
    const char *value[SET_COUNT]; /* never NULL; "" is unset */
    const char *from[SET_COUNT];  /* "default", "file", "environment", "command line" */
};

struct settings_flags {
    const char *data, *store, *listen; /* NULL when not given */
    const char *const *set;            /* "name=value" */
    int n_set;
};

/* ST_INVALID with one sentence in *why. Values live in mem. */
enum status settings_load(struct arena *mem, const struct settings_flags *flags, char **environment,
                          struct settings *out, struct str *why);

const char *setting(const struct settings *s, enum setting_id id);
int64_t setting_int(const struct settings *s, enum setting_id id); /* checked when loaded */

/* The table as text for a terminal, or as Markdown for the docs. s may be NULL: defaults. */
struct str settings_table(struct arena *mem, const struct settings *s, bool markdown);
