/*
 * described.h - what the API answers, held against the OpenAPI document of the same portal: its code is one of those that are
 * told, its body has the shape that is told, and has nothing that is not.
 *
 * Read    type, const, enum, required, properties, items, additionalProperties, oneOf, $ref: what our schemas use.
 */
#pragma once
#include "tests/support/harness.h"
#include <jansson.h>

/* Sends a body as JSON to a POST of the API; the test ends when body (is_asked_well) or answer are not as described. The answer
 * read, for the caller to json_decref; *out has the reply. */
json_t *described_post(struct harness *h, const char *path, struct str body, bool is_asked_well, struct web_reply *out);
