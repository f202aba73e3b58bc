/* open_data_feature.c - what open_data gives to the program. */
#include "base/macros.h"
#include "open_data_routes.h"
#include "web/feature.h"

#define PAGE(path, handler, object)                                                                \
    {                                                                                              \
        GET, path, handler, ANYONE, TX_READ, CACHE_REVALIDATE, COST_PAGE, "public", object, "view" \
    }
#define FILE_OF(path, handler, object)                                                                 \
    {                                                                                                  \
        GET, path, handler, ANYONE, TX_READ, CACHE_REVALIDATE, COST_EXPORT, "public", object, "export" \
    }
#define SMALL(path, handler, object)                                                                 \
    {                                                                                                \
        GET, path, handler, ANYONE, TX_READ, CACHE_REVALIDATE, COST_PAGE, "public", object, "export" \
    }

static const struct route routes[] = {
    PAGE("/dati", open_data_page, "dataset"),
    SMALL("/dati/catalogo", open_data_catalogue, "dataset"),
    SMALL("/dati/catalogo.ttl", open_data_catalogue_turtle, "dataset"),
    SMALL("/dati/catalogo.jsonld", open_data_catalogue_json, "dataset"),
    SMALL("/dati/servizi", open_data_services, "service"),
    FILE_OF("/dati/servizi.ttl", open_data_services_turtle, "service"),
    FILE_OF("/dati/servizi.jsonld", open_data_services_json, "service"),
    FILE_OF("/dati/eventi.ics", open_data_events, "service"),
    FILE_OF("/dati/novita.atom", open_data_news, "service"),
    SMALL("/servizi/:slug/cpsv.ttl", open_data_service_turtle, "service"),
    SMALL("/servizi/:slug/cpsv.jsonld", open_data_service_json, "service"),
    SMALL("/servizi/:slug/orari.ics", open_data_service_calendar, "service"),
    SMALL("/sitemap.xml", open_data_sitemap, "page"),
    SMALL("/sitemap/:part", open_data_sitemap_part, "page"),
    PAGE("/incorpora", open_data_embed_page, "service"),
    PAGE("/incorpora/:comune", open_data_embed_frame, "service"),
    SMALL("/incorpora/:comune/feed.json", open_data_embed_feed, "service"),
};

static const struct menu_entry menu[] = {
    {"/incorpora", "open_data.embed-menu", NULL, MENU_FOOT_HELP + 60, ANYONE},
    {"/dati", "open_data.title", NULL, MENU_FOOT_RULES + 60, ANYONE},
};

const struct feature open_data_feature = {
    .name = "open_data",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .menu = menu,
    .n_menu = ARRAY_LEN(menu),
};
