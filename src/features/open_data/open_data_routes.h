/*
 * open_data_routes.h - private: the handlers of the slice, and what several of them need.
 */
#pragma once
#include "features/catalogue/catalogue.h"
#include "web/web.h"

enum status open_data_page(struct web *w);
enum status open_data_catalogue(struct web *w); /* negotiated */
enum status open_data_catalogue_turtle(struct web *w);
enum status open_data_catalogue_json(struct web *w);
enum status open_data_services(struct web *w); /* negotiated */
enum status open_data_services_turtle(struct web *w);
enum status open_data_services_json(struct web *w);
enum status open_data_service_turtle(struct web *w);
enum status open_data_service_json(struct web *w);
enum status open_data_service_calendar(struct web *w);
enum status open_data_events(struct web *w);
enum status open_data_news(struct web *w);
enum status open_data_sitemap(struct web *w);
enum status open_data_sitemap_part(struct web *w);
enum status open_data_embed_page(struct web *w);
enum status open_data_embed_frame(struct web *w);
enum status open_data_embed_feed(struct web *w);

/* The service of the address (:slug). One that was joined to another leads there, to the same file: then, and when who
 * asks has it already, *out_is_answered and the handler returns ST_OK. ST_GONE, ST_NOT_FOUND: with words. */
enum status open_data_find_service(struct web *w, const char *file, struct service *out, bool *out_is_answered);

/* Which of these types the asker wants most (Accept, with its weights); 0 when none is named: the first. */
int open_data_choose(struct str accept, const char *const *types, int n);

/* Text for XML: what it may not hold is left out. */
void open_data_xml(struct buf *b, struct str s);
/* An instant as Atom and sitemaps write it: 2026-11-21T10:05:00Z. */
struct str open_data_address(struct web *w, const char *path); /* with the origin and the language of the page */
