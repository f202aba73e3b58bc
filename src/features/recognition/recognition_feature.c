/* recognition_feature.c - what recognition gives to the program. */
#include "recognition_feature.h"
#include "base/macros.h"
#include "recognition.h"
#include "recognition_sql.h"

enum { FORM_KB = 4096 }; /* a model of a Region's records, with the values that are not kept */

#define KEPT(path, handler)                                                                                            \
    {                                                                                                                  \
        POST, path, handler, ANYONE, TX_WRITE, CACHE_NEVER, COST_WRITE, "public", "model", "send"                      \
    }

static const struct route routes[] = {
    {GET, "/riconoscimento", recognition_quality_page, ANYONE, TX_READ, CACHE_REVALIDATE, COST_PAGE, "public", "model", "view"},
    {GET, "/riconoscimento/modelli", recognition_models_page, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "model", "view"},
    {POST, "/riconoscimento/modelli", recognition_models_post, ANYONE, TX_WRITE, CACHE_NEVER, COST_WRITE, "public", "model", "send",
     .body_kb = FORM_KB},
    {GET, "/riconoscimento/modelli/:id", recognition_model_page, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "model", "view"},
    KEPT("/riconoscimento/modelli/:id/usa", recognition_use_post),
    KEPT("/riconoscimento/modelli/:id/togli", recognition_take_post),
    KEPT("/riconoscimento/modelli/:id/rimetti", recognition_back_post),
};

static const struct menu_entry menu[] = {
    {"/riconoscimento", "recognition.title", NULL, MENU_FOOT_RULES + 50, ANYONE},
};

extern const struct feature recognition_feature;
const struct feature recognition_feature = {
    .name = "recognition",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .menu = menu,
    .n_menu = ARRAY_LEN(menu),
    .migrations = recognition_migrations,
    .n_migrations = recognition_n_migrations,
    .daily = recognition_sweep,
};
