/*
 * publish_openapi.h - private: the table of what programs may ask, from which the OpenAPI document is
 * made.
 *
 * Whole   a test compares it with the rows of the router: no address under /api/ is missing, none
 * is too many.
 */
#pragma once
#include "publish_api_ask.h"

/* A parameter of an address that is not one of the table. */
struct own_param {
    const char *name, *text, *example;
};

enum answer { ANSWER_ONE = 1, ANSWER_PAGE, ANSWER_PROBLEM, ANSWER_ITEMS, ANSWER_FILE };

struct operation {
    enum web_method method;
    const char *path; /* as in the router: "/services/:id" */
    const char *id, *tag, *summary, *text;
    unsigned params;
    struct own_param own[7]; /* ended by an empty one */
    enum answer answer;
    const char *schema; /* of the answer or of each entry: a name under components */
    const char *type;   /* ANSWER_FILE: its content type */
    const char *body;   /* POST: what is sent, a name under components; NULL: the parameters */
};

/* What the operations point at, as JSON: an object. */
extern const char openapi_components[];

/* Both ways of one path stand side by side. */
extern const struct operation openapi_operations[];
extern const int openapi_n_operations;
