/* traces.c - see traces.h. */
#include "tests/support/traces.h"
#include "base/log.h"
#include "store/db.h"
#include "tests/unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST = 1 << 20 };

void traces_begin(struct traces *t, struct harness *h)
{
    *t = (struct traces){.h = h, .path = "/tmp/wecare-traces-XXXXXX", .disk = harness_disk(h), .version = (int64_t)db_data_version(h->db)};
    t->log = mkstemp(t->path);
    ck_assert(t->log >= 0 && (t->disk != 0 || h->store.folder[0] == '\0')); /* PostgreSQL: the version alone */
    log_to_fd(t->log);
}

void traces_none(struct traces *t, const char *const *words)
{
    char *const said = arena_alloc(t->h->mem, MOST);

    log_to_fd(2);
    ck_assert_int_eq(harness_disk(t->h), t->disk);
    ck_assert_int_eq((int64_t)db_data_version(t->h->db), t->version);
    const ssize_t n = pread(t->log, said, MOST, 0);
    const struct web_reply r = harness_get(t->h, "/metrics");

    for (; *words != NULL; words++) {
        ck_assert_msg(n >= 0 && memmem(said, (size_t)n, *words, strlen(*words)) == NULL, "the log has %s", *words);
        ck_assert_msg(memmem(r.body.p, r.body.n, *words, strlen(*words)) == NULL, "the metrics have %s", *words);
    }
    close(t->log);
    unlink(t->path);
}
