#include "app/assembly.h"
#include "app/command.h"
#include <stdio.h>
#include <string.h>

const char help_db[] =
    "usage: wecare [--data DIR | --store postgres://...] db WHAT\n\n"
    "  migrate               bring schema and reference data up to this program\n"
    "  migrate --back SLICE  undo the last step of a slice (its data go with it)\n"
    "  check                 pages, keys and the schema's version\n"
    "  backup FILE           a consistent copy while the portal runs\n"
    "  restore FILE          put a copy in place of the database, after checking it;\n"
    "                        stop the portal first\n";

static int migrate(struct run *r, struct db *d)
{
    struct migration_report report = {0};
    struct str why = {"", 0};
    const enum status st = assembly_bring_up(r->mem, d, &report, &why);

    if (st != ST_OK)
        return say_refused("%.*s", (int)why.n, why.p);
    printf("%d steps applied; the database and its reference data are up to date\n", report.n_applied);
    return EXIT_DONE;
}

static int migrate_one_back(struct run *r, struct db *d, const char *slice)
{
    struct migration_report report = {0};
    int n;
    const struct migration *all = assembly_migrations(r->mem, &n);
    const enum status st = migrate_back(d, all, n, slice, 1, r->mem, &report);

    if (st != ST_OK)
        return say_refused("%.*s", (int)report.why.n, report.why.p);
    printf("%d step of %s undone\n", report.n_undone, slice);
    return EXIT_DONE;
}

static int check(struct run *r, struct db *d)
{
    struct str why = {"", 0};
    enum database_age age;
    enum status st = db_check(d, &why, r->mem);

    if (st == ST_OK)
        st = assembly_age(r->mem, d, &age, &why);
    if (st != ST_OK)
        return say_refused("%.*s", (int)why.n, why.p);
    if (age != DATABASE_RIGHT)
        return say_refused("%s", age == DATABASE_EMPTY   ? "the database is empty: run wecare db migrate"
                                 : age == DATABASE_OLDER ? "the database is older than this program: "
                                                           "run wecare db migrate"
                                                         : str_z(r->mem, why));
    puts("the database is whole and up to date");
    return EXIT_DONE;
}

static int backup(struct run *r, struct db *d, const char *file)
{
    struct str why = {"", 0};

    if (db_backup(d, file, &why, r->mem) != ST_OK)
        return say_refused("%.*s", (int)why.n, why.p);
    printf("copied to %s\n", file);
    return EXIT_DONE;
}

static int restore(struct run *r, const char *file)
{
    const char *store = setting(&r->settings, SET_STORE);
    struct str why = {"", 0};
    const struct db_options o = {
        .url = *store != '\0' ? store : str_fmt(r->mem, "sqlite:%s", setting(&r->settings, SET_DATA)).p};

    if (*store == '\0' && assembly_make_folder(r->mem, &r->settings, &why) != ST_OK)
        return say_refused("%.*s", (int)why.n, why.p);
    if (db_restore(&o, file, &why, r->mem) != ST_OK)
        return say_refused("%.*s", (int)why.n, why.p);
    printf("restored from %s\n", file);
    return EXIT_DONE;
}

int command_db(struct run *r)
{
    const char *what = r->argc > 0 ? r->argv[0] : "";
    const bool is_migrate = strcmp(what, "migrate") == 0;
    const bool takes_file = strcmp(what, "backup") == 0 || strcmp(what, "restore") == 0;
    const bool is_back = is_migrate && r->argc == 3 && strcmp(r->argv[1], "--back") == 0;
    struct db *d;
    struct str why = {"", 0};

    if (!is_migrate && !takes_file && strcmp(what, "check") != 0)
        return say_usage(help_db, "db %s?", what);
    if (!is_back && r->argc != (takes_file ? 2 : 1))
        return say_usage(help_db, "db %s: %s", what, takes_file ? "which file?" : "too many words");
    if (strcmp(what, "restore") == 0)
        return restore(r, r->argv[1]);
    if (assembly_open(r->mem, &r->settings, !is_migrate || is_back, &d, &why) != ST_OK)
        return say_refused("%.*s", (int)why.n, why.p);
    const int code = is_back                         ? migrate_one_back(r, d, r->argv[2])
                     : is_migrate                    ? migrate(r, d)
                     : strcmp(what, "check") == 0    ? check(r, d)
                                                     : backup(r, d, r->argv[1]);

    db_close(d);
    return code;
}
