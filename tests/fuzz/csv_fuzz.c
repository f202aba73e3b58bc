/* Any bytes as a CSV file: rows, rows with their reason, or an end with its reason. */
#include "base/csv.h"
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static bool take(void *arg, const struct csv_row *row)
{
    int64_t *last = arg;

    if (row->line < *last || row->n_cells < 1 || row->n_cells > CSV_MAX_COLUMNS)
        abort();
    for (int i = 0; i < row->n_cells; i++)
        if (row->wrong == NULL && !str_is_utf8(row->cells[i]))
            abort();
    if (csv_cell(row, "a").n > 0 && row->n_cells == 0)
        abort();
    *last = row->line;
    return true;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct arena *const mem = arena_new((size_t)64 << 20);
    int64_t last = 0;
    const struct csv_options o = {.each = take, .arg = &last};
    const int fd = memfd_create("csv", MFD_CLOEXEC);
    struct csv_trouble trouble;

    if (fd >= 0 && write(fd, data, size) == (ssize_t)size) {
        const char *path = str_fmt(mem, "/proc/self/fd/%d", fd).p;
        const enum status st = csv_read_file(mem, path, &o, &trouble);

        if (st != ST_OK && (st != ST_INVALID || trouble.key == NULL || trouble.line < 0))
            abort();
    }
    close(fd);
    arena_free(mem);
    return 0;
}
