/*
 * feeds_own_marks.h - private: what another portal of this kind said in attributes, taken back to
 * where it belongs.
 *
 * Why     an invented entry that travels from portal to portal must go on saying so; needs said by
 * whoever keeps the entry are better than those guessed from its codes. Ours    an attribute whose
 * term has the id that our taxonomies give it (catalogue_terms.h). Those of others stay attributes.
 */
#pragma once
#include "features/catalogue/catalogue.h"
#include <jansson.h>

/* Kind, needs, target areas, ways, fee, ISEE note and the like; what was taken is no attribute any
 * more. */
void feeds_take_ours(struct arena *mem, struct service *s);
/* The mark of invented data is among the attributes; it is taken out. */
bool feeds_take_invented(struct arena *mem, struct parts *p);
/* The same of any mark by its code: "secret-address". */
bool feeds_take_mark(struct arena *mem, struct parts *p, const char *code);
/* What an HSDS schedule is, by its marks: open when they do not say. */
enum hours_kind feeds_schedule_kind(struct arena *mem, const json_t *schedule);
