/* feeds_demo.c - the invented catalogue of demo/, through the importer that everybody uses. */
#include "base/log.h"
#include "base/tables.h"
#include "feeds_csv_in.h"
#include "feeds_feature.h"

static void no_progress(struct import_run *run, int64_t done, int64_t total)
{
    (void)run;
    (void)done;
    (void)total;
}

static void no_words(struct import_run *run, struct str line)
{
    (void)run;
    (void)line;
}

/* What the demo no longer has is hidden: its list is the whole of it. */
enum status feeds_load_demo(struct ctx *c)
{
    static const char *const hide_gone[FEEDS_OWN_OPTION + 1] = {[FEEDS_HIDE_GONE] = ""};
    const struct table_file *list = table_find("demo/catalogue/services.csv"), *mapping = table_find("demo/catalogue/demo.map");
    struct import_run run = {.file = "demo/catalogue/services.csv", .options = hide_gone, .c = c, .progress = no_progress, .say = no_words};

    if (list == NULL || mapping == NULL)
        bug("the invented catalogue is not built in");
    return feeds_csv_take(&run, NULL, list->bytes, mapping->bytes);
}
