/*
 * feeds_query.h - private: the query of the results page (/trova), read again for its file.
 */
#pragma once
#include "features/catalogue/catalogue_search.h"
#include "web/web.h"

/* *is_asked: something narrows the catalogue; else all of it is meant. What cannot be understood
 * (no such comune) is ST_INVALID with its problem: a file must not silently hold something else. */
enum status feeds_read_query(struct web *w, struct search_ask *out, bool *is_asked);
