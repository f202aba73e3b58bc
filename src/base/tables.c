#include "base/tables.h"
#include <string.h>

const struct table_file *table_find(const char *name)
{
    int low = 0, high = n_tables - 1;

    while (low <= high) {
        const int middle = (low + high) / 2;
        const int c = strcmp(name, table_all[middle].name);

        if (c == 0)
            return &table_all[middle];
        if (c < 0)
            high = middle - 1;
        else
            low = middle + 1;
    }
    return NULL;
}
