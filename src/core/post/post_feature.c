/* post_feature.c - what post gives to the program. */
#include "base/macros.h"
#include "core/post/post_send.h"
#include "core/post/post_store.h"
#include "post_sql.h"

extern const struct feature post_feature;
const struct feature post_feature = {
    .name = "post",
    .migrations = post_migrations,
    .n_migrations = post_n_migrations,
    .daily = post_store_sweep,
};
