/*
 * publish_api_lists.h - private: the lists of the API, page by page.
 */
#pragma once
#include "publish_api_ask.h"
#include "publish_api_put.h"

enum api_list { API_SERVICES, API_ATS, API_ORGANISATIONS, API_LOCATIONS };

/* The whole answer to one asking for a list. allowed: its parameters, bits of PARAM(). */
enum status api_list(struct web *w, enum api_list kind, unsigned allowed);

/* The services of an organisation; is_full: with everything that belongs to each. */
enum status api_services_of(struct ctx *c, int64_t organisation_id, bool is_full,
                            struct service **out, int *n_out);

/* What stands around the entries of a page: top, entries, end. */
void api_page_top(struct jwrite *j);
void api_page_end(struct jwrite *j, const struct api_ask *ask, int total, int n_written);
