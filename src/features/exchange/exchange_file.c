/* exchange_file.c - a feed that is a file: a package, JSON, or a list with its mapping. */
#include "base/digest.h"
#include "base/unzip.h"
#include "exchange_pulling.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_FETCH_MB = 1024, FETCH_MS = 300000 };

/* The same bytes as last time are not read again. */
static struct str file_sum(struct arena *mem, const char *file)
{
    enum { CHUNK = 65536 };
    struct arena *own = arena_new(0);
    char *p = arena_alloc(own, CHUNK);
    const int fd = open(file, O_RDONLY | O_CLOEXEC);
    struct digest d;

    digest_begin(&d);
    for (ssize_t n = 1; fd >= 0 && n > 0;) {
        n = read(fd, p, CHUNK);
        digest_text(&d, (struct str){p, n > 0 ? (size_t)n : 0});
    }
    if (fd >= 0)
        close(fd);
    arena_free(own);
    return str_fmt(mem, "%016llx", (unsigned long long)digest_end(&d));
}

static const char *write_mapping(struct pulling *p, const char *folder)
{
    const char *path = str_fmt(p->mem, "%s/mapping", folder).p;
    const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const bool is_well = fd >= 0 && write(fd, p->feed.mapping.p, p->feed.mapping.n) == (ssize_t)p->feed.mapping.n;

    if (fd >= 0)
        close(fd);
    return is_well ? path : NULL;
}

/* A spreadsheet is known by its bytes: addresses seldom end as files do. A package of CSV is a zip too. */
static bool is_spreadsheet(struct arena *mem, const char *file)
{
    struct unzip *zip = NULL;
    struct unzip_trouble why;
    const bool is_one = unzip_open(mem, file, STR(""), NULL, &zip, &why) == ST_OK && unzip_find(zip, "[Content_Types].xml") >= 0;

    unzip_close(zip);
    return is_one;
}

static enum status take(struct pulling *p, const char *file, const char *folder)
{
    const bool is_list = p->feed.mapping.n > 0;
    const struct feeds_file_ask ask = {.kind = !is_list ? "hsds" : is_spreadsheet(p->mem, file) ? "xlsx" : "csv",
                                       .source = str_z(p->mem, p->feed.name),
                                       .mapping = is_list ? write_mapping(p, folder) : NULL,
                                       .skips_refused = true,
                                       .hides_gone = true};
    const struct str sum = file_sum(p->mem, file);

    p->is_same = !p->is_whole && str_eq(sum, p->feed.read_to);
    p->is_whole = true;
    if (p->is_same)
        return ST_OK;
    p->run.file = file;
    const enum status st = feeds_take_file(&p->run, &ask);

    if (st == ST_OK)
        p->feed.read_to = sum;
    else if (st == ST_INVALID)
        p->why = STR("the file cannot be read: see what was refused");
    return st;
}

enum status exchange_pull_file(struct pulling *p)
{
    const struct outbound o = {.allow = p->outside->allow,
                               .max_bytes = (int64_t)MAX_FETCH_MB * 1024 * 1024,
                               .timeout_ms = FETCH_MS,
                               .lets_loopback = p->outside->lets_loopback};
    char folder[] = "/tmp/wecare-feed-XXXXXX";
    struct outbound_reply reply;

    if (mkdtemp(folder) == NULL) {
        p->why = STR("there is no room for a temporary folder");
        return ST_UNAVAILABLE;
    }
    const char *file = str_fmt(p->mem, "%s/fetched", folder).p;
    enum status st = outbound_get_file(&o, str_z(p->mem, p->feed.url), file, p->mem, &reply, &p->why);

    if (st == ST_OK)
        st = take(p, file, folder);
    unlink(file);
    unlink(str_fmt(p->mem, "%s/mapping", folder).p);
    rmdir(folder);
    return st;
}
