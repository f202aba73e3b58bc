#include "app/settings.h"
#include "base/buf.h"
#include <ini.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum kind { TEXT, NUMBER, CHOICE };

static const struct row {
    const char *name;
    enum kind kind;
    const char *fallback;
    int64_t least, most; /* NUMBER: limits; TEXT: most bytes in `most` */
    const char *choices; /* CHOICE: "a|b|c" */
    const char *meaning;
} table[SET_COUNT] = {
    [SET_DATA] = {"data", TEXT, "data", 0, 4000, NULL, "folder of the database and its keys"},
    [SET_STORE] = {"store", TEXT, "", 0, 2000, NULL,
                   "postgres://... instead of the SQLite file in the data folder"},
    [SET_LISTEN] = {"listen", TEXT, "127.0.0.1:8080", 1, 200, NULL,
                    "ADDRESS:PORT, [v6]:PORT, unix:PATH or systemd"},
    [SET_ORIGIN] = {"origin", TEXT, "", 0, 200, NULL,
                    "public address, as https://welfare.example.it; unset: the Host of the request"},
    [SET_PORTAL_NAME] = {"portal.name", TEXT, "WeCaRe", 1, 60, NULL, "name shown beside the mark"},
    [SET_PORTAL_LICENCE] = {"portal.licence", TEXT, "CC BY 4.0", 1, 60, NULL,
                            "licence of the contents, shown in the foot"},
    [SET_REGION_NAME] = {"region.name", TEXT, "", 0, 80, NULL,
                         "shown on top of each page; unset: not shown"},
    [SET_REGION_LOGO] = {"region.logo", TEXT, "", 0, 400, NULL,
                         "path of this site or data: address of a logo; unset: the house's mark"},
    [SET_PHONE_NUMBER] = {"phone.number", TEXT, "", 0, 24, NULL,
                          "number shown on each page; unset: not shown"},
    [SET_PHONE_HOURS] = {"phone.hours", TEXT, "", 0, 120, NULL, "when somebody answers, in words"},
    [SET_KEEPER_NAME] = {"keeper.name", TEXT, "", 0, 160, NULL,
                         "the controller of the data (GDPR art. 13), for the privacy page"},
    [SET_KEEPER_CONTACT] = {"keeper.contact", TEXT, "", 0, 160, NULL,
                            "how to reach the controller and its data protection officer"},
    [SET_LOG_LEVEL] = {"log.level", CHOICE, "info", 0, 0, "debug|info|warn|error",
                       "least level of the log on standard error"},
    [SET_STORE_READERS] = {"store.readers", NUMBER, "0", 0, 256, NULL,
                           "connections that read; 0: by the number of cores"},
    [SET_STORE_QUEUE] = {"store.queue", NUMBER, "4096", 16, 1000000, NULL,
                         "writes that may wait before people are asked to try again"},
    [SET_WEB_CONNECTIONS] = {"web.connections", NUMBER, "1000", 8, 100000, NULL,
                             "connections open at once"},
    [SET_WEB_PER_ADDRESS] = {"web.per_address", NUMBER, "200", 1, 100000, NULL,
                             "connections open at once from one address"},
    [SET_WEB_AT_WORK] = {"web.at_work", NUMBER, "64", 1, 4096, NULL, "requests at work at once"},
    [SET_WEB_WAIT_MS] = {"web.wait_ms", NUMBER, "2000", 0, 60000, NULL,
                         "how long a request waits for its turn before the waiting page"},
    [SET_WEB_IDLE_S] = {"web.idle_s", NUMBER, "15", 1, 3600, NULL,
                        "seconds before a silent connection is closed"},
    [SET_WEB_REQUEST_S] = {"web.request_s", NUMBER, "20", 1, 3600, NULL,
                           "seconds within which headers and form must have arrived"},
    [SET_WEB_GRACE_MS] = {"web.grace_ms", NUMBER, "5000", 0, 600000, NULL,
                          "how long a stop waits for requests at work"},
    [SET_WEB_BODY_KB] = {"web.body_kb", NUMBER, "1024", 1, 1048576, NULL, "largest form, in KB"},
    [SET_WEB_MEMORY_KB] = {"web.memory_kb", NUMBER, "32768", 512, 4194304, NULL,
                           "most memory of one request, in KB"},
    [SET_WEB_KEPT_KB] = {"web.kept_kb", NUMBER, "16384", 0, 4194304, NULL,
                         "finished public pages kept in memory until the data change, in KB; 0: none"},
    [SET_WEB_POINTS] = {"web.points", NUMBER, "600", 0, 1000000, NULL,
                        "points a minute of one address for the API and the open data (an entry 1, a search 5, a file or list 10); "
                        "0: no limit"},
    [SET_OUTBOUND_ALLOW] = {"outbound.allow", TEXT, "", 0, 4000, NULL,
                            "hosts this program may fetch from, separated by commas; unset: none"},
    [SET_OUTBOUND_LOOPBACK] = {"outbound.loopback", CHOICE, "no", 0, 0, "no|yes",
                               "yes: this machine's own 127.0.0.1, by http, for hosts with their port in "
                               "outbound.allow: two portals on one machine"},
    [SET_MAIL_SERVER] = {"mail.server", TEXT, "", 0, 260, NULL,
                         "mail server, HOST or HOST:PORT (587, with tls 465); unset: mails wait"},
    [SET_MAIL_FROM] = {"mail.from", TEXT, "", 0, 320, NULL,
                       "sender of the mails: address, or Name <address>"},
    [SET_MAIL_USER] = {"mail.user", TEXT, "", 0, 200, NULL, "user at the mail server; unset: no sign-in"},
    [SET_MAIL_PASSWORD_FILE] = {"mail.password_file", TEXT, "", 0, 4000, NULL,
                                "file whose first line is the password of mail.user"},
    [SET_MAIL_TLS] = {"mail.tls", CHOICE, "starttls", 0, 0, "starttls|tls|none",
                      "starttls and tls refuse a server without; to this machine itself starttls is not asked for, "
                      "and none is for this machine alone"},
};

/* Environment names with our prefix that are not settings: for tests and the build. */
static const char *const not_settings[] = {"WECARE_NOW", "WECARE_FAULTS", "WECARE_TEST_STORE",
                                           "WECARE_SOURCE", "WECARE_BUILD", "WECARE_TEST_SLOW"};

static int find(struct str name)
{
    for (int i = 0; i < SET_COUNT; i++)
        if (str_eq_z(name, table[i].name))
            return i;
    return -1;
}

static const char *nearest(struct str name)
{
    int best = 0, least = 1000;

    for (int i = 0; i < SET_COUNT; i++) {
        const int d = str_distance(name, str_of(table[i].name));

        if (d < least) {
            least = d;
            best = i;
        }
    }
    return table[best].name;
}

static bool is_choice(const char *choices, struct str value)
{
    struct str rest = str_of(choices);

    while (rest.n > 0)
        if (str_eq(str_cut(&rest, '|'), value))
            return true;
    return false;
}

/* Empty when the value is good, else one sentence. */
static struct str check(struct arena *mem, const struct row *r, struct str v)
{
    int64_t n;

    switch (r->kind) {
    case NUMBER:
        if (!str_to_int(v, &n) || n < r->least || n > r->most)
            return str_fmt(mem, "%s is a whole number from %lld to %lld, not \"%.*s\"", r->name,
                           (long long)r->least, (long long)r->most, (int)v.n, v.p);
        break;
    case CHOICE:
        if (!is_choice(r->choices, v))
            return str_fmt(mem, "%s is one of %s, not \"%.*s\"", r->name, r->choices, (int)v.n, v.p);
        break;
    case TEXT:
        if (!str_is_utf8(v) || str_index(v, '\n') >= 0)
            return str_fmt(mem, "%s is one line of UTF-8 text", r->name);
        if ((int64_t)v.n < r->least || (int64_t)v.n > r->most)
            return str_fmt(mem, "%s has %lld to %lld bytes, not %zu", r->name, (long long)r->least,
                           (long long)r->most, v.n);
        break;
    }
    return (struct str){"", 0};
}

struct loading {
    struct arena *mem;
    struct settings *out;
    const char *from;
    struct str why;
};

static bool put(struct loading *l, struct str name, struct str value, const char *where)
{
    const int id = find(name);

    if (id < 0) {
        l->why = str_fmt(l->mem, "%s: there is no setting \"%.*s\"; did you mean \"%s\"?", where,
                         (int)name.n, name.p, nearest(name));
        return false;
    }
    const struct str wrong = check(l->mem, &table[id], value);

    if (wrong.n != 0) {
        l->why = str_fmt(l->mem, "%s: %.*s", where, (int)wrong.n, wrong.p);
        return false;
    }
    l->out->value[id] = str_z(l->mem, value);
    l->out->from[id] = l->from;
    return true;
}

static int on_ini(void *user, const char *section, const char *name, const char *value)
{
    struct loading *l = user;
    const struct str full = *section == '\0' ? str_fmt(l->mem, "%s", name)
                                             : str_fmt(l->mem, "%s.%s", section, name);

    if (str_eq_z(full, "data")) {
        l->why = str_fmt(l->mem, "wecare.ini: data says where this file is, so it cannot be in it");
        return 0;
    }
    return put(l, full, str_of(value), "wecare.ini");
}

static enum status load_file(struct loading *l)
{
    const struct str path = str_fmt(l->mem, "%s/wecare.ini", setting(l->out, SET_DATA));

    l->from = "file";
    if (access(path.p, F_OK) != 0)
        return ST_OK;
    const int line = ini_parse(path.p, on_ini, l);

    if (line == 0)
        return ST_OK;
    if (l->why.n == 0)
        l->why = str_fmt(l->mem, "%s: line %d cannot be read", path.p, line);
    return ST_INVALID;
}

static enum status load_environment(struct loading *l, char **environment)
{
    l->from = "environment";
    for (char **e = environment; e != NULL && *e != NULL; e++) {
        struct str value = str_of(*e);
        const struct str name = str_cut(&value, '=');
        bool skip = !str_starts(name, STR("WECARE_"));

        for (int i = 0; !skip && i < ARRAY_LEN(not_settings); i++)
            skip = str_eq_z(name, not_settings[i]);
        if (skip)
            continue;
        /* WECARE_WEB_WAIT_MS is web.wait_ms: only the first underscore parts the section. */
        char *z = (char *)str_z(l->mem, str_from(name, 7));
        bool dotted = false;

        for (char *c = z; *c != '\0'; c++) {
            if (*c >= 'A' && *c <= 'Z')
                *c = (char)(*c + 32);
            if (*c == '_' && !dotted) {
                *c = '.';
                dotted = true;
            }
        }
        if (!put(l, str_of(z), value, "environment"))
            return ST_INVALID;
    }
    return ST_OK;
}

static enum status load_flags(struct loading *l, const struct settings_flags *f)
{
    const struct {
        const char *name, *value;
    } named[] = {{"data", f->data}, {"store", f->store}, {"listen", f->listen}};

    l->from = "command line";
    for (int i = 0; i < ARRAY_LEN(named); i++)
        if (named[i].value != NULL &&
            !put(l, str_of(named[i].name), str_of(named[i].value), "command line"))
            return ST_INVALID;
    for (int i = 0; i < f->n_set; i++) {
        struct str value = str_of(f->set[i]);
        const bool whole = str_index(value, '=') > 0;
        const struct str name = str_cut(&value, '=');

        if (!whole) {
            l->why = str_fmt(l->mem, "command line: --set wants name=value, not \"%s\"", f->set[i]);
            return ST_INVALID;
        }
        if (!put(l, name, value, "command line"))
            return ST_INVALID;
    }
    return ST_OK;
}

enum status settings_load(struct arena *mem, const struct settings_flags *flags, char **environment,
                          struct settings *out, struct str *why)
{
    struct loading l = {.mem = mem, .out = out};

    for (int i = 0; i < SET_COUNT; i++) {
        out->value[i] = table[i].fallback;
        out->from[i] = "default";
    }
    /* Twice: the first pass finds the data folder, whose file stands below the other two. */
    enum status st = load_environment(&l, environment);

    if (st == ST_OK)
        st = load_flags(&l, flags);
    if (st == ST_OK)
        st = load_file(&l);
    if (st == ST_OK)
        st = load_environment(&l, environment);
    if (st == ST_OK)
        st = load_flags(&l, flags);
    *why = l.why;
    return st;
}

const char *setting(const struct settings *s, enum setting_id id)
{
    return s->value[id];
}

int64_t setting_int(const struct settings *s, enum setting_id id)
{
    int64_t v = 0;

    str_to_int(str_of(s->value[id]), &v);
    return v;
}

static struct str limits_of(struct arena *mem, const struct row *r)
{
    if (r->kind == NUMBER)
        return str_fmt(mem, "%lld to %lld", (long long)r->least, (long long)r->most);
    if (r->kind == CHOICE)
        return str_of(r->choices);
    return str_fmt(mem, "at most %lld bytes", (long long)r->most);
}

static struct str escape_bars(struct arena *mem, struct str s)
{
    struct buf b = buf_new(mem, s.n + 8);

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '|')
            buf_char(&b, '\\');
        buf_char(&b, s.p[i]);
    }
    return buf_view(&b);
}

struct str settings_table(struct arena *mem, const struct settings *s, bool markdown)
{
    struct buf b = buf_new(mem, 4096);

    if (markdown)
        buf_z(&b, "| setting | default | limits | meaning |\n|---|---|---|---|\n");
    for (int i = 0; i < SET_COUNT; i++) {
        const struct row *r = &table[i];
        struct str limits = limits_of(mem, r);

        if (markdown) {
            limits = escape_bars(mem, limits);
            buf_fmt(&b, "| `%s` | %s%s%s | %.*s | %s |\n", r->name, *r->fallback == '\0' ? "" : "`",
                    *r->fallback == '\0' ? "unset" : r->fallback, *r->fallback == '\0' ? "" : "`",
                    (int)limits.n, limits.p, r->meaning);
            continue;
        }
        const char *value = s == NULL ? r->fallback : s->value[i];

        buf_fmt(&b, "%-18s %s\n%18s   %.*s; default %s%s%s\n", r->name,
                *value == '\0' ? "(unset)" : i == SET_STORE ? "(set)" : value, "", (int)limits.n,
                limits.p, *r->fallback == '\0' ? "unset" : r->fallback,
                s != NULL && strcmp(s->from[i], "default") != 0 ? "; from " : "",
                s != NULL && strcmp(s->from[i], "default") != 0 ? s->from[i] : "");
        buf_fmt(&b, "%18s   %s\n", "", r->meaning);
    }
    return buf_view(&b);
}
