/*
 * feeds_hsds_read.h - private: objects of HSDS, already checked, as the catalogue has them.
 *
 * Differs  a contact's name is a person's: it is not taken, the role is. Hours that contradict themselves
 *          (the specification's own example does) are kept in words and count as unknown; a point that is
 *          none is left out. Each of these is a notice.
 * Memory   texts are views of the tree, arrays live in in->row.
 */
#pragma once
#include "feeds_intake.h"
#include <jansson.h>

struct str hsds_text(struct feeds_intake *in, const json_t *object, const char *name);
void hsds_read_organisation(struct feeds_intake *in, const json_t *tree, struct organisation *out);
/* Organisation and places are the caller's to fill in. */
void hsds_read_service(struct feeds_intake *in, const json_t *tree, struct service *out);
void hsds_read_location(struct feeds_intake *in, const json_t *tree, struct location *out);
void hsds_read_at(struct feeds_intake *in, const json_t *tree, struct service_at *out);
