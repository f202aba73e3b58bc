/*
 * open_data_ical.h - private: calendars (RFC 5545), line by line.
 *
 * Lines   end in CR LF and are folded after 75 bytes, never inside a character; text is escaped.
 * Times   instants are UTC, days are DATE: whoever reads shows them in his own time.
 */
#pragma once
#include "base/buf.h"
#include <stdint.h>

struct ical_head {
    struct str name, description, address; /* of the calendar: where it is kept fresh */
};
void ical_begin(struct buf *b, const struct ical_head *head);
void ical_end(struct buf *b);

struct ical_event {
    struct str uid, summary, description, place, address, category; /* empty ones are left out */
    int64_t stamp_ms;        /* when what is said changed last */
    int64_t from_ms, to_ms;  /* is_day false */
    bool is_day;             /* from the first to the last day, both included */
    int from_day, to_day;
    bool is_uncertain;       /* by appointment: TENTATIVE */
};
void ical_event(struct buf *b, const struct ical_event *e);
