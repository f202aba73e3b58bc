/* Reference tables, as they are. */
#include "embed.h"

void embed_tables(const struct embed_file *files, int n_files, const char *blob_path, struct buf *c,
                  struct buf *blob)
{
    int n = 0;

    buf_z(c, "/* The tables of reference/: made by embed, not to be edited. */\n#include "
             "\"base/tables.h\"\n\n");
    embed_blob_code(c, "wecare_tables_blob", blob_path);
    buf_z(c, "\nconst struct table_file table_all[] = {\n");
    for (int i = 0; i < n_files; i++) {
        const struct str name = str_of(files[i].name);

        if (!str_ends(name, STR(".csv")) && !str_ends(name, STR(".tsv")) &&
            !str_ends(name, STR(".json")) && !str_ends(name, STR(".map")) &&
            !str_ends(name, STR(".rules")))
            continue;
        buf_z(c, "    {");
        embed_c_string(c, name);
        buf_fmt(c, ", {wecare_tables_blob + %zu, %zu}},\n", embed_blob_add(blob, files[i].bytes),
                files[i].bytes.n);
        n++;
    }
    buf_fmt(c, "    {0, {0, 0}}};\nconst int n_tables = %d;\n", n);
}
