/*
 * publish_testing.h - for tests of what goes out: services with everything in them, hostile ones,
 * a secret place, and as many plain ones as asked. Test programs only.
 */
#pragma once
#include "features/catalogue/catalogue_write.h"
#include "tests/support/harness.h"
#include <jansson.h>

/* Stands in the address, name, point and ways of the secret place, and nowhere else. */
#define OUT_CANARY "Canarino"

struct out_stage {
    int n_plain;
    int first_plain; /* of the numbers in their names: a second stage adds more */
};
/* In one write transaction, under the source "csv:prova": "piena" (all parts), "ostile", "segreta"
 * at the secret place, "demo", and "servizio N". The same again updates. */
void out_stage(struct harness *h, struct out_stage stage);
/* The service of that source id: hidden, or shown again. */
void out_set_state(struct harness *h, const char *source_id, enum service_state state);

/* A JSON answer that must be 200; the test ends otherwise. Decref it. */
json_t *out_json(struct harness *h, const char *target);
json_t *out_post(struct harness *h, const char *target, const char *body);
int64_t out_int(const json_t *object, const char *name);
const char *out_str(const json_t *object, const char *name); /* "" when it is not there */
/* The id of the service of that name. */
struct str out_id(struct harness *h, const char *name);
