/*
 * publish_query.h - private: the query of the results page (/trova), read again for its file.
 */
#pragma once
#include "features/search/search.h"
#include "web/web.h"

/* *out NULL: nothing is asked, all of the catalogue is meant. A comune that is not there, or is one
 * of several, is ST_INVALID with its problem: a file must not silently hold something else. */
enum status publish_read_query(struct web *w, struct search_ask **out);
