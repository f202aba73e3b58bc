#include "web/asset.h"
#include "web/web.h"
#include <string.h>

/* A few dozen files: walking the list costs less than finding a cleverer way. */
const struct asset *asset_find(struct str name)
{
    for (int i = 0; i < n_assets; i++)
        if (str_eq_z(name, asset_all[i].name))
            return &asset_all[i];
    return NULL;
}

const struct asset *asset_at(struct str address)
{
    for (int i = 0; i < n_assets; i++)
        if (str_eq_z(address, asset_all[i].address))
            return &asset_all[i];
    return NULL;
}

const char *web_asset(const char *name)
{
    const struct asset *const a = asset_find(str_of(name));

    return a == NULL ? NULL : a->address;
}
