/* links_command_test.c - `wecare link`, as the administrator types it. */
#include "base/macros.h"
#include "core/links/links.h"
#include "core/links/links_feature.h"
#include "tests/support/harness.h"
#include "tests/unit.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define OK(call) ck_assert_int_eq(call, ST_OK)

static enum status put_two(struct ctx *c, void *arg)
{
    static const char *const names[] = {"Caritas di Prova", "Parrocchia Lontana"};
    enum put_change change;
    int64_t id;

    for (int i = 0; i < ARRAY_LEN(names); i++) {
        const struct organisation o = {.name = str_of(names[i]),
                                       .kind = ORGANISATION_PARISH,
                                       .source = STR("csv:prova"),
                                       .source_id = str_of(names[i])};

        OK(organisations_put(c, &o, &id, &change));
        if (arg != NULL && i == 0)
            *(int64_t *)arg = id;
    }
    return ST_OK;
}

static void refused(struct ctx *c, struct links_ask ask, const char *field)
{
    struct str token = {0};

    c->problems.n = 0;
    ck_assert_int_eq(links_issue(c, &ask, &token), ST_INVALID);
    ck_assert_ptr_nonnull(problems_of(&c->problems, field));
    ck_assert_int_eq((int)token.n, 0);
}

static enum status ask_wrongly(struct ctx *c, void *arg)
{
    const int64_t id = *(int64_t *)arg;

    refused(c, (struct links_ask){.purpose = LINKS_KEEP}, "for");
    refused(c, (struct links_ask){.purpose = LINKS_CONFIRM}, "for");
    refused(c, (struct links_ask){.purpose = LINKS_KEEP, .organisation_id = 999999}, "for");
    refused(c, (struct links_ask){.purpose = LINKS_KEEP, .organisation_id = id, .days = 801}, "days");
    refused(c, (struct links_ask){.purpose = LINKS_KEEP, .organisation_id = id, .days = -1}, "days");
    struct buf b = buf_new(c->mem, 300);

    for (int i = 0; i < 201; i++)
        buf_z(&b, "è");
    refused(c, (struct links_ask){.purpose = LINKS_KEEP, .organisation_id = id, .note = buf_view(&b)}, "note");
    c->problems.n = 0;
    return ST_OK;
}

START_TEST(test_links__what_cannot_be_asked_is_refused_with_its_field)
{
    struct harness *h = harness_new();
    int64_t id = 0;

    OK(harness_write(h, put_two, &id));
    OK(harness_write(h, ask_wrongly, &id));
    harness_free(h);
}
END_TEST

static struct str link_command(struct harness *h, int want, ...)
{
    static const struct outside outside = {.origin = "https://welfare.example.it", .is_origin_set = true};
    char name[] = "/tmp/wecare-link-XXXXXX";
    const int file = mkstemp(name), out = dup(1), err = dup(2);
    static char text[65536];
    char *argv[12] = {NULL};
    int argc = 0;
    va_list list;

    va_start(list, want);
    while ((argv[argc] = va_arg(list, char *)) != NULL)
        argc++;
    va_end(list);
    fflush(stdout);
    dup2(file, 1);
    dup2(file, 2);
    const int got = links_command(h->db, &outside, argc, argv);

    fflush(stdout);
    fflush(stderr);
    dup2(out, 1);
    dup2(err, 2);
    close(out);
    close(err);
    const ssize_t n = pread(file, text, sizeof text - 1, 0);

    close(file);
    unlink(name);
    text[n < 0 ? 0 : n] = '\0';
    ck_assert_msg(got == want, "%d in place of %d: %s", got, want, text);
    return str_copy(h->mem, str_of(text));
}

static void says(struct str said, const char *text)
{
    if (said.n == 0 || memmem(said.p, said.n, text, strlen(text)) == NULL)
        ck_abort_msg("\"%s\" is not in:\n%.*s", text, (int)said.n, said.p);
}

START_TEST(test_links__the_administrator_issues_lists_and_revokes)
{
    struct harness *h = harness_new();

    OK(harness_write(h, put_two, NULL));
    const struct str said =
        link_command(h, 0, "issue", "--for", "caritas di prova", "--purpose", "keep", "--days", "30", "--note", "Segreteria", NULL);
    const struct str path = str_trim(str_from(said, strlen("https://welfare.example.it")));

    says(said, "https://welfare.example.it/chiave/");
    ck_assert_int_eq(harness_get(h, str_z(h->mem, path)).code, 200);
    says(link_command(h, 0, "issue", "--for", "MB32", "--purpose", "phone", NULL), "/chiave/");
    says(link_command(h, 0, "issue", "--for", "Regione", "--purpose", "approve", NULL), "/chiave/");
    says(link_command(h, 0, "issue", "--for", "Parrocchia Lontana", "--purpose", "confirm", NULL), "/conferma/");
    says(link_command(h, 1, "issue", "--for", "Parocchia lontana", "--purpose", "keep", NULL), "Parrocchia Lontana");
    says(link_command(h, 1, "issue", "--for", "regione", "--purpose", "keep", NULL), "wants an organisation");
    says(link_command(h, 1, "issue", "--for", "MB32", "--purpose", "kepe", NULL), "no purpose");
    says(link_command(h, 1, "issue", "--for", "MB32", "--purpose", "keep", "--days", "ten", NULL), "1 to 800");
    says(link_command(h, 2, "issue", "--for", "MB32", NULL), "wecare link issue");
    const struct str list = link_command(h, 0, "list", "--for", "caritas di prova", NULL);

    says(list, "Segreteria");
    const struct str token = str_from(path, strlen("/chiave/"));

    ck_assert_ptr_null(memmem(list.p, list.n, token.p, token.n));
    struct str rest = list;
    struct str row = str_cut(&rest, '\n');
    const char *id = str_z(h->mem, str_cut(&row, ' '));

    says(link_command(h, 0, "revoke", id, NULL), "opens nothing any more");
    says(link_command(h, 1, "revoke", id, NULL), "revoked before");
    says(link_command(h, 1, "revoke", "999999", NULL), "There is no key 999999");
    says(link_command(h, 1, "revoke", "1;drop", NULL), "There is no key");
    ck_assert_int_eq(harness_get(h, str_z(h->mem, path)).code, 410);
    says(link_command(h, 0, "list", "--all", NULL), "REVOKED");
    harness_free(h);
}
END_TEST

UNIT_MAIN("links_command", test_links__what_cannot_be_asked_is_refused_with_its_field,
          test_links__the_administrator_issues_lists_and_revokes)
