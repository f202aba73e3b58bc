/* Any bytes as Accept-Encoding, Accept and If-None-Match: read to their end, no more. */
#include "web/accepts.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    /* A copy of exactly that size: one byte too far is seen. */
    char *bytes = malloc(size == 0 ? 1 : size);
    const struct str header = {bytes, size};

    memcpy(bytes, data, size);
    if ((accepts_encodings(header) & ~(ACCEPTS_GZIP | ACCEPTS_BROTLI)) != 0)
        abort();
    accepts_json(header);
    accepts_holds_tag(header, STR("\"0123456789abcdef\""));
    free(bytes);
    return 0;
}
