/* models_feature.c - what models gives to the program. */
#include "models_feature.h"
#include "base/macros.h"
#include "models_sql.h"

#define PAGE(path, handler)                                                                                            \
    {                                                                                                                  \
        GET, path, handler, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "model", "view"                         \
    }
#define SEND(path, handler)                                                                                            \
    {                                                                                                                  \
        POST, path, handler, ANYONE, TX_WRITE, CACHE_NEVER, COST_WRITE, "public", "model", "send"                      \
    }

static const struct route routes[] = {
    PAGE("/modelli", models_list_page),
    PAGE("/modelli/nuovo", models_new_page),
    SEND("/modelli/nuovo", models_new_post),
    PAGE("/modelli/copie/:slug", models_differences_page),
    SEND("/modelli/copie/:slug/prendi", models_take_post),
    SEND("/modelli/copie/:slug/lascia", models_leave_post),
    PAGE("/modelli/:code", models_show_page),
    SEND("/modelli/:code/copia", models_copy_post),
    PAGE("/modelli/:code/modifica", models_edit_page),
    SEND("/modelli/:code/modifica", models_edit_post),
    SEND("/modelli/:code/chiudi", models_close_post),
};

const struct feature models_feature = {
    .name = "models",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .migrations = models_migrations,
    .n_migrations = models_n_migrations,
    .load_demo = models_load_demo,
};
