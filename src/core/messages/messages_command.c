/* messages_command.c - `wecare notes`: who keeps the portal reads and answers. */
#include "base/date.h"
#include "messages.h"
#include "messages_feature.h"
#include <stdio.h>
#include <string.h>

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2 };

const char messages_notes_help[] =
    "wecare notes                      the notes that wait for an answer, the oldest first\n"
    "wecare notes read CODE            shows one, and marks it as read\n"
    "wecare notes answer CODE TEXT     answers; the sender reads it at the address of the note\n"
    "wecare notes delete CODE          takes one away for good (it holds somebody's data, or "
    "abuse)\n"
    "\n"
    "An answer is promised within 15 days; late notes are marked. Answered notes are deleted 90\n"
    "days after the answer.\n";

struct notes_job {
    struct arena *mem;
    const char *verb, *code, *answer; /* verb NULL: the list */
    struct buf said;
};

static void say_day(struct notes_job *j, const char *before, int day)
{
    const struct str iso = day_iso(j->mem, day);

    if (day != DAY_NONE)
        buf_fmt(&j->said, "%s%.*s", before, (int)iso.n, iso.p);
}

/* Sixty bytes at most, not cut inside a character. */
static struct str first_words(struct str s)
{
    size_t n = s.n < 60 ? s.n : 60;

    while (n > 0 && n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    return str_head(s, n);
}

static enum status say_list(struct notes_job *j, struct ctx *c)
{
    struct messages_note *notes;
    int n = 0;
    const enum status st = messages_open(c, &notes, &n);

    if (st != ST_OK)
        return st;
    if (n == 0)
        buf_z(&j->said, "No note waits for an answer.\n");
    for (int i = 0; i < n; i++) {
        const struct str code = messages_show_code(c, notes[i].code);
        const struct str first = first_words(notes[i].words);

        buf_fmt(&j->said, "%.*s  ", (int)code.n, code.p);
        say_day(j, "", notes[i].received_on);
        buf_z(&j->said, notes[i].answer_by < c->today ? "  LATE      " : "  ");
        if (notes[i].answer_by >= c->today)
            say_day(j, "", notes[i].answer_by);
        buf_z(&j->said, notes[i].state == MESSAGES_READ ? "  read  " : "  new   ");
        for (size_t k = 0; k < first.n; k++)
            buf_char(&j->said, first.p[k] == '\n' || first.p[k] == '\t' ? ' ' : first.p[k]);
        buf_z(&j->said, first.n < notes[i].words.n ? "...\n" : "\n");
    }
    return ST_OK;
}

static void say_note(struct notes_job *j, struct ctx *c, const struct messages_note *n)
{
    const struct str code = messages_show_code(c, n->code);

    buf_fmt(&j->said, "%.*s  ", (int)code.n, code.p);
    say_day(j, "received ", n->received_on);
    say_day(j, n->state == MESSAGES_ANSWERED ? ", answered " : ", answer promised by ",
            n->state == MESSAGES_ANSWERED ? n->answered_on : n->answer_by);
    if (n->page.n > 0)
        buf_fmt(&j->said, "\npage  %.*s", (int)n->page.n, n->page.p);
    buf_fmt(&j->said, "\n\n%.*s\n", (int)n->words.n, n->words.p);
    if (n->answer.n > 0)
        buf_fmt(&j->said, "\nAnswer: %.*s\n", (int)n->answer.n, n->answer.p);
}

static enum status run_notes(struct db_tx *tx, void *arg)
{
    struct notes_job *j = arg;
    struct ctx c = ctx_new(j->mem, &actor_keeper, LANG_EN);
    struct messages_note note;

    c.tx = tx;
    j->said = buf_new(j->mem, 1024);
    enum status st = messages_sweep(&c, NULL);

    if (st != ST_OK || j->verb == NULL)
        return st == ST_OK ? say_list(j, &c) : st;
    st = messages_find(&c, messages_tidy_code(&c, str_of(j->code)), &note);
    if (st == ST_OK && strcmp(j->verb, "read") == 0) {
        st = messages_mark_read(&c, &note);
        say_note(j, &c, &note);
    } else if (st == ST_OK && strcmp(j->verb, "answer") == 0) {
        st = messages_answer(&c, &note, str_of(j->answer));
        buf_z(&j->said, "Answered. The sender reads it at /aiuto/scrivi/");
        buf_str(&j->said, note.code);
        buf_char(&j->said, '\n');
    } else if (st == ST_OK) {
        st = messages_delete(&c, &note);
        buf_z(&j->said, "Deleted.\n");
    }
    if (c.problems.n > 0) {
        const struct problem *p = &c.problems.list[0];
        const struct text_arg value = {"value", p->value};

        j->said = buf_new(j->mem, 256);
        buf_str(&j->said, text_fill(j->mem, text_get(LANG_EN, p->key), &value, 1));
        buf_char(&j->said, '\n');
    }
    return st;
}

static bool read_words(struct notes_job *j, int argc, char **argv)
{
    if (argc == 0)
        return true;
    j->verb = argv[0];
    j->code = argc > 1 ? argv[1] : "";
    j->answer = argc > 2 ? argv[2] : "";
    if (strcmp(j->verb, "answer") == 0)
        return argc == 3;
    return argc == 2 && (strcmp(j->verb, "read") == 0 || strcmp(j->verb, "delete") == 0);
}

int messages_notes_command(struct db *d, int argc, char **argv)
{
    struct notes_job j = {.mem = arena_new(0)};
    int code = EXIT_DONE;

    if (!read_words(&j, argc, argv) || !str_is_utf8(str_of(j.answer))) {
        fputs(messages_notes_help, stderr);
        arena_free(j.mem);
        return EXIT_USAGE;
    }
    const enum status st = db_write(d, run_notes, &j);

    if (st == ST_OK) {
        fwrite(j.said.p, 1, j.said.n, stdout);
    } else {
        code = EXIT_REFUSED;
        if (st == ST_NOT_FOUND)
            fputs("No note has this code. See the list with: wecare notes\n", stderr);
        else if (st == ST_INVALID || st == ST_CONFLICT)
            fwrite(j.said.p, 1, j.said.n, stderr);
        else
            fprintf(stderr, "The database did not take it (%s); nothing was changed.\n",
                    status_name(st));
    }
    arena_free(j.mem);
    return code;
}
