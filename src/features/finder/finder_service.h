/*
 * finder_service.h - private to finder: what the files of the service's sheet do for one another.
 */
#pragma once
#include "finder_service_view.h"

/* Texts: who it is for, how, what is needed... */
void finder_service_texts(struct ctx *c, const struct service *s, struct finder_service_view *v);
/* Who may use it, by where they live: needs the database for names of areas. */
enum status finder_service_areas(struct ctx *c, const struct service *s,
                                 struct finder_service_view *v);
/* Telephones, places with their hours, contacts. */
void finder_service_reach(struct ctx *c, const struct service *s, struct finder_service_view *v);
/* Lines of a text, blank ones left out. */
struct finder_text finder_lines(struct ctx *c, struct str text);
/* True when nobody is left out, or the comune lies in one of the areas served, or may do. */
enum status finder_service_serves(struct ctx *c, const struct service *s, int64_t comune_id,
                                  bool *out);
/* Others that answer its first need for who lives in the comune, at most `most`, itself left out.
 */
enum status finder_service_near(struct ctx *c, const struct service *s, int64_t comune_id, int most,
                                struct finder_service_line **out, int *n_out);
struct finder_service_line finder_line_of(struct ctx *c, const struct service *s);
/* "Via Roma 1, 10015 Ivrea"; empty when there is none or it is secret. */
struct str finder_location_address(struct ctx *c, const struct location *l);
/* schema.org of one service, inside its <script> of data. */
struct html finder_service_data(struct web *w, const struct service *s);
/* The whole address of the page: with the origin. */
struct str finder_whole_address(struct web *w, struct str path);
