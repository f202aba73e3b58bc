#include "app/assembly.h"
#include "app/command.h"
#include "app/daily.h"
#include "app/features.h"
#include "app/works.h"
#include "base/log.h"
#include "web/server.h"
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const char help_serve[] =
    "usage: wecare [--data DIR | --store postgres://...] serve [--listen WHERE]\n\n"
    "Serves the portal until it is told to stop (Ctrl-C, SIGTERM): then no new request is taken\n"
    "and those at work are finished. WHERE is 127.0.0.1:8080, [::1]:8080, unix:PATH or systemd.\n"
    "An empty database is set up first. One older than the program is refused: run\n"
    "`wecare db backup FILE` and `wecare db migrate`. /health answers 200 when ready.\n";

static struct web_limits limits_of(const struct settings *s)
{
    return (struct web_limits){
        .max_connections = (int)setting_int(s, SET_WEB_CONNECTIONS),
        .max_per_address = (int)setting_int(s, SET_WEB_PER_ADDRESS),
        .max_at_work = (int)setting_int(s, SET_WEB_AT_WORK),
        .wait_ms = (int)setting_int(s, SET_WEB_WAIT_MS),
        .idle_s = (int)setting_int(s, SET_WEB_IDLE_S),
        .request_s = (int)setting_int(s, SET_WEB_REQUEST_S),
        .max_header_bytes = 32 * 1024,
        .max_body_bytes = setting_int(s, SET_WEB_BODY_KB) * 1024,
        .arena_bytes = setting_int(s, SET_WEB_MEMORY_KB) * 1024,
        .points = (int)setting_int(s, SET_WEB_POINTS),
        .kept_bytes = setting_int(s, SET_WEB_KEPT_KB) * 1024,
    };
}

static enum status get_ready(struct run *r, struct db *d, struct str *why)
{
    enum database_age age = DATABASE_EMPTY;
    struct migration_report report;
    enum status st = assembly_age(r->mem, d, &age, why);

    if (st != ST_OK)
        return st;
    switch (age) {
    case DATABASE_RIGHT:
        return ST_OK;
    case DATABASE_EMPTY:
        log_event(LOG_INFO, "setting-up", LOG_END);
        return assembly_bring_up(r->mem, d, &report, why);
    case DATABASE_OLDER:
        *why = STR("the database is older than this program: run wecare db backup FILE, then "
                   "wecare db migrate");
        return ST_CONFLICT;
    case DATABASE_NEWER:
        break;
    }
    *why = str_fmt(r->mem, "the database does not belong to this program: %.*s", (int)why->n, why->p);
    return ST_CONFLICT;
}

/* All signals are blocked in every thread and taken here, one at a time. */
static int wait_for_stop(const sigset_t *stop)
{
    int taken = 0;

    while (sigwait(stop, &taken) != 0)
        continue;
    return taken;
}

static enum status serve(struct run *r, struct db *d, struct str *why)
{
    const struct settings *s = &r->settings;
    unsigned char key[32];
    struct site site;
    struct web_app *app = NULL;
    struct web_server *server = NULL;
    struct daily *daily = NULL;
    struct works *works = NULL;
    const struct outside outside = assembly_outside(r->mem, s);
    const struct jobs_hands hands = {d, app_features, n_app_features, &outside, NULL};
    sigset_t stop;
    enum status st = get_ready(r, d, why);

    if (st == ST_OK)
        st = assembly_site(r->mem, s, d, &site, key, why);
    if (st != ST_OK)
        return st;
    const char *origin = setting(s, SET_ORIGIN);
    const struct web_app_options o = {.features = app_features,
                                      .n_features = n_app_features,
                                      .db = d,
                                      .site = &site,
                                      .origin = *origin == '\0' ? NULL : origin,
                                      .limits = limits_of(s),
                                      .token_key = key};

    sigemptyset(&stop);
    sigaddset(&stop, SIGINT);
    sigaddset(&stop, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &stop, NULL);
    signal(SIGPIPE, SIG_IGN);
    st = web_app_new(&o, r->mem, &app, why);
    if (st != ST_OK)
        return st;
    st = web_server_start(app, setting(s, SET_LISTEN), &server, why, r->mem);
    if (st == ST_OK && daily_start(r->mem, d, app_features, n_app_features, &daily) != ST_OK)
        log_event(LOG_WARN, "daily-not-started", LOG_END);
    if (st == ST_OK && works_start(r->mem, &hands, &works) != ST_OK)
        log_event(LOG_WARN, "works-not-started", LOG_END);
    if (st == ST_OK) {
        log_event(LOG_INFO, "ready", LOG_Z("listen", setting(s, SET_LISTEN)),
                  LOG_INT("port", web_server_port(server)), LOG_Z("version", WECARE_VERSION), LOG_END);
        log_event(LOG_INFO, "stopping", LOG_INT("signal", wait_for_stop(&stop)), LOG_END);
        web_server_stop(server, (int)setting_int(s, SET_WEB_GRACE_MS));
    }
    works_stop(works);
    daily_stop(daily);
    web_app_free(app);
    return st;
}

int command_serve(struct run *r)
{
    struct db *d;
    struct str why = {"", 0};

    if (r->argc > 0)
        return say_usage(help_serve, "serve takes no \"%s\"", r->argv[0]);
    enum status st = assembly_open(r->mem, &r->settings, false, &d, &why);

    if (st != ST_OK)
        return say_refused("%.*s", (int)why.n, why.p);
    st = serve(r, d, &why);
    db_close(d);
    if (st != ST_OK)
        return say_refused("%.*s", (int)why.n, why.p);
    log_event(LOG_INFO, "stopped", LOG_END);
    return EXIT_DONE;
}
