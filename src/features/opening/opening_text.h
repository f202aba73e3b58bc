/*
 * opening_text.h - opening hours as people write them in one cell, made into rules.
 *
 * Reads   OpenStreetMap's opening_hours without its rarer parts, Italian names of days and months too:
 *         "Mo-Fr 09:00-12:30; Tu[1] 15:00-17:00; Jul-Aug off; PH off; \"su appuntamento\"". The whole
 *         list with examples: docs/operator/import-csv.md; cases/hours_text.tsv.
 * Adds    a part after ; or , is added to those before it. Where its days are theirs too and its hours
 *         overlap theirs it takes their place on those days (Mo-Fr 09:00-18:00; We 09:00-12:00). That
 *         is milder than OpenStreetMap's rule, by which the same day said later always replaces.
 * Holiday an ordinary part does not hold on holidays (opening.h); "PH" among its days makes it.
 * Source  wiki.openstreetmap.org, Key:opening_hours/specification.
 * Pure    no clock: the same text gives the same rules.
 */
#pragma once
#include "features/opening/opening.h"

enum { HOURS_TEXT_MOST = 64 };

struct hours_text {
    struct hours_rule rules[HOURS_TEXT_MOST];
    struct str words[HOURS_TEXT_MOST]; /* what was said of each in quotes; may be empty */
    int n;
};

/* ST_INVALID: *wrong is the text from where it makes no sense any more (a view), *key the reason.
 * An empty text is no rules and ST_OK. */
enum status hours_text_read(struct arena *mem, struct str text, struct hours_text *out, struct str *wrong,
                             const char **key);

/* One rule with the words that came with it. */
struct hours_said {
    struct hours_rule rule;
    struct str words;
};
enum hours_style {
    HOURS_OSM,     /* "Mo-Fr 09:00-12:30; Tu[1] 15:00-17:00": rules, their words left out */
    HOURS_ITALIAN, /* "lun-ven 9:00-12:30; martedì[1] 15:00-17:00 \"in sede\"": with them */
};
/* Text that hours_text_read reads back; empty when there are no rules. What the text cannot say stands in quotes when
 * it has words; else it is left out, and in Italian it is "orario particolare 2" by its place in the list. */
struct str hours_text_write(struct arena *mem, const struct hours_said *list, int n, enum hours_style style);
/* False: days of the month, a count, an open end: no text can say it. */
bool hours_can_be_said(const struct hours_rule *r);
