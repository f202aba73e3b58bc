/* Any bytes as lines of a header: what passes has one Host and at most one length, a plain number.
 */
#include "base/arena.h"
#include "web/guard.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct header_line lines[GUARD_HEADERS_MAX];
    struct incoming in = {.headers = lines};
    struct str rest = {(const char *)data, size};

    in.method = str_cut(&rest, ' ');
    in.target = str_cut(&rest, ' ');
    const struct str version = str_cut(&rest, '\n');

    while (rest.n > 0 && in.n_headers < GUARD_HEADERS_MAX) {
        struct str value = str_cut(&rest, '\n');
        const struct str name = str_cut(&value, ':');

        lines[in.n_headers++] = (struct header_line){name, str_trim(value)};
    }
    if (guard_check(&in, version, (int64_t)size, false, 32768) == GUARD_PASSES) {
        if (incoming_header(&in, "Host").n == 0 || guard_body_bytes(&in) < -1)
            abort();
        if (incoming_header(&in, "Content-Length").n > 0 &&
            incoming_header(&in, "Transfer-Encoding").n > 0)
            abort();
    }
    return 0;
}
