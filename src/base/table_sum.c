#include "base/table_sum.h"
#include "base/log.h"
#include "base/tables.h"
#include <sodium.h>

static void add(crypto_generichash_state *h, struct str bytes)
{
    const uint64_t n = bytes.n; /* the length too: two tables never look like two others */

    crypto_generichash_update(h, (const unsigned char *)&n, sizeof n);
    crypto_generichash_update(h, (const unsigned char *)bytes.p, bytes.n);
}

struct str table_sum(struct arena *mem, const char *version, const char *const *names, int n_names)
{
    crypto_generichash_state h;
    unsigned char sum[16];
    char *hex = arena_alloc(mem, sizeof sum * 2 + 1);

    crypto_generichash_init(&h, NULL, 0, sizeof sum);
    add(&h, str_of(version));
    for (int i = 0; i < n_names; i++) {
        const struct table_file *f = table_find(names[i]);

        if (f == NULL)
            bug("no table %s is built in", names[i]);
        add(&h, f->bytes);
    }
    crypto_generichash_final(&h, sum, sizeof sum);
    return str_of(sodium_bin2hex(hex, sizeof sum * 2 + 1, sum, sizeof sum));
}
