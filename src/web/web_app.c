#include "web/inside.h"
#include "web/throttle.h"
#include <stdlib.h>
#include <string.h>

/* ---- arenas that wait for the next request ---- */

enum status arena_pool_init(struct arena_pool *p, struct arena *mem, int room, size_t cap_bytes)
{
    p->free = ARENA_ARRAY(mem, struct arena *, (size_t)room);
    p->room = room;
    p->n_free = 0;
    p->cap_bytes = cap_bytes;
    return pthread_mutex_init(&p->lock, NULL) == 0 ? ST_OK : ST_UNAVAILABLE;
}

void arena_pool_end(struct arena_pool *p)
{
    for (int i = 0; i < p->n_free; i++)
        arena_free(p->free[i]);
    pthread_mutex_destroy(&p->lock);
}

struct arena *arena_pool_take(struct arena_pool *p)
{
    struct arena *a = NULL;

    pthread_mutex_lock(&p->lock);
    if (p->n_free > 0)
        a = p->free[--p->n_free];
    pthread_mutex_unlock(&p->lock);
    return a != NULL ? a : arena_new(p->cap_bytes);
}

void arena_pool_give(struct arena_pool *p, struct arena *a)
{
    arena_trap(a, NULL);
    arena_reset(a);
    pthread_mutex_lock(&p->lock);
    if (p->n_free < p->room) {
        p->free[p->n_free++] = a;
        a = NULL;
    }
    pthread_mutex_unlock(&p->lock);
    arena_free(a);
}

/* ---- the portal ---- */

static int by_order(const void *a, const void *b)
{
    const struct menu_entry *x = a, *y = b;

    return x->order != y->order ? (x->order < y->order ? -1 : 1) : strcmp(x->path, y->path);
}

static void gather_menu(struct web_app *app)
{
    int n = 0;

    for (int i = 0; i < app->o.n_features; i++)
        n += app->o.features[i]->n_menu;
    app->menu = ARENA_ARRAY(app->mem, struct menu_entry, (size_t)n);
    for (int i = 0; i < app->o.n_features; i++)
        for (int j = 0; j < app->o.features[i]->n_menu; j++)
            app->menu[app->n_menu++] = app->o.features[i]->menu[j];
    if (app->n_menu > 0)
        qsort(app->menu, (size_t)app->n_menu, sizeof *app->menu, by_order);
}

static enum status check_features(const struct web_app_options *o, struct arena *mem,
                                  struct str *why)
{
    for (int i = 0; i < o->n_features; i++) {
        if (o->features[i]->name == NULL || *o->features[i]->name == '\0') {
            *why = str_fmt(mem, "feature number %d has no name", i + 1);
            return ST_INVALID;
        }
        for (int j = 0; j < i; j++)
            if (strcmp(o->features[i]->name, o->features[j]->name) == 0) {
                *why = str_fmt(mem, "two features are named %s", o->features[i]->name);
                return ST_INVALID;
            }
    }
    return ST_OK;
}

static enum status check_origin(const char *origin, struct arena *mem, struct str *why)
{
    const struct str s = str_of(origin);
    const bool has_scheme = str_starts(s, STR("https://")) || str_starts(s, STR("http://"));

    if (origin == NULL || (has_scheme && s.n > 8 && str_index(str_from(s, 8), '/') < 0))
        return ST_OK;
    *why = str_fmt(mem, "the origin %s is not https://NAME without a path", origin);
    return ST_INVALID;
}

static enum status check_limits(const struct web_limits *l, struct str *why)
{
    if (l->max_connections > 0 && l->max_per_address > 0 && l->max_at_work > 0 && l->wait_ms >= 0 &&
        l->idle_s > 0 && l->request_s > 0 && l->max_header_bytes > 0 && l->max_body_bytes > 0 &&
        l->arena_bytes >= 256 * 1024)
        return ST_OK;
    *why = STR("a limit of the web server is not set");
    return ST_INVALID;
}

enum status web_app_new(const struct web_app_options *o, struct arena *mem, struct web_app **out,
                        struct str *why)
{
    struct web_app *app = ARENA_NEW(mem, struct web_app);
    enum status st = check_limits(&o->limits, why);

    app->o = *o;
    app->site = *o->site;
    app->mem = mem;
    app->is_https = o->origin != NULL && strncmp(o->origin, "https://", 8) == 0;
    if (st == ST_OK)
        st = check_features(o, mem, why);
    if (st == ST_OK)
        st = check_origin(o->origin, mem, why);
    if (st == ST_OK)
        st = router_new(mem, o->features, o->n_features, &app->router, why);
    if (st != ST_OK)
        return st;
    gather_menu(app);
    app->metrics = metrics_new(mem, app->router);
    app->throttle = throttle_new(mem, o->limits.points);
    st = arena_pool_init(&app->pages, mem, o->limits.max_at_work, (size_t)o->limits.arena_bytes);
    if (st != ST_OK) {
        *why = STR("the system gives no lock");
        return st;
    }
    if (o->limits.kept_bytes > 0)
        app->kept = kept_new(mem, o->limits.kept_bytes, app->metrics);
    *out = app;
    return ST_OK;
}

void web_app_free(struct web_app *app)
{
    if (app == NULL)
        return;
    throttle_end(app->throttle);
    arena_pool_end(&app->pages); /* the rest lives in the arena given to web_app_new */
    if (app->kept != NULL)
        kept_end(app->kept);
}

void web_app_set_access(struct web_app *app, web_access decide, void *arg)
{
    app->decide = decide;
    app->decide_arg = arg;
}

const struct route *web_app_route(const struct web_app *app, int i)
{
    return router_row(app->router, i);
}
