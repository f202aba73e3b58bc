#include "open_data_ical.h"
#include "base/date.h"
#include <string.h>

enum { LINE_BYTES = 75 };

/* One line, folded: what goes on begins with a space, which counts. */
static void put_line(struct buf *b, struct str line)
{
    size_t room = LINE_BYTES;

    while (line.n > room) {
        size_t n = room;

        while (n > 1 && ((unsigned char)line.p[n] & 0xc0) == 0x80)
            n--;
        buf_str(b, str_head(line, n));
        buf_z(b, "\r\n ");
        line = str_from(line, n);
        room = LINE_BYTES - 1;
    }
    buf_str(b, line);
    buf_z(b, "\r\n");
}

static void put_text(struct buf *b, const char *name, struct str s)
{
    struct buf line = buf_new(b->mem, s.n * 2 + 40);

    if (s.n == 0)
        return;
    buf_fmt(&line, "%s:", name);
    for (size_t i = 0; i < s.n; i++) {
        const char c = s.p[i];

        if (c == '\\' || c == ';' || c == ',')
            buf_fmt(&line, "\\%c", c);
        else if (c == '\n')
            buf_z(&line, "\\n");
        else if ((unsigned char)c >= 0x20 && c != 0x7f)
            buf_char(&line, c);
    }
    put_line(b, buf_view(&line));
}

static void put_instant(struct buf *b, const char *name, int64_t at_ms)
{
    const int64_t s = at_ms / 1000;
    const struct ymd d = day_to_ymd((int)(s / 86400));
    const int rest = (int)(s % 86400);

    buf_fmt(b, "%s:%04d%02d%02dT%02d%02d%02dZ\r\n", name, d.year, d.month, d.day, rest / 3600, rest / 60 % 60, rest % 60);
}

static void put_day(struct buf *b, const char *name, int day)
{
    const struct ymd d = day_to_ymd(day);

    buf_fmt(b, "%s;VALUE=DATE:%04d%02d%02d\r\n", name, d.year, d.month, d.day);
}

/* A calendar holds one component at least; with nothing to tell, the zone in which doors open. */
static const char zone[] = "BEGIN:VTIMEZONE\r\nTZID:Europe/Rome\r\n"
                           "BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\n"
                           "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\n"
                           "BEGIN:DAYLIGHT\r\nDTSTART:19960331T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\n"
                           "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n";

void ical_begin(struct buf *b, const struct ical_head *head)
{
    buf_z(b, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//wecare//wecare " WECARE_VERSION "//IT\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n");
    put_text(b, "NAME", head->name);
    put_text(b, "X-WR-CALNAME", head->name);
    put_text(b, "DESCRIPTION", head->description);
    buf_z(b, "REFRESH-INTERVAL;VALUE=DURATION:P1D\r\nX-PUBLISHED-TTL:P1D\r\n");
    if (head->address.n > 0)
        put_line(b, str_fmt(b->mem, "SOURCE;VALUE=URI:%.*s", (int)head->address.n, head->address.p));
    buf_z(b, zone);
}

void ical_end(struct buf *b)
{
    buf_z(b, "END:VCALENDAR\r\n");
}

void ical_event(struct buf *b, const struct ical_event *e)
{
    buf_z(b, "BEGIN:VEVENT\r\n");
    put_text(b, "UID", e->uid);
    put_instant(b, "DTSTAMP", e->stamp_ms);
    put_instant(b, "LAST-MODIFIED", e->stamp_ms);
    if (e->is_day) {
        put_day(b, "DTSTART", e->from_day);
        put_day(b, "DTEND", e->to_day + 1); /* the end is the first day that it is not */
        buf_z(b, "TRANSP:TRANSPARENT\r\n");
    } else {
        put_instant(b, "DTSTART", e->from_ms);
        put_instant(b, "DTEND", e->to_ms);
    }
    put_text(b, "SUMMARY", e->summary);
    put_text(b, "DESCRIPTION", e->description);
    put_text(b, "LOCATION", e->place);
    put_text(b, "CATEGORIES", e->category);
    if (e->address.n > 0)
        put_line(b, str_fmt(b->mem, "URL:%.*s", (int)e->address.n, e->address.p));
    buf_fmt(b, "STATUS:%s\r\nEND:VEVENT\r\n", e->is_uncertain ? "TENTATIVE" : "CONFIRMED");
}
