#include "app/assembly.h"
#include "app/command.h"
#include <stdio.h>

const char help_demo[] =
    "usage: wecare [--data DIR | --store postgres://...] demo\n\n"
    "Sets the database up if it is empty, loads the reference data of law and territory and the\n"
    "invented data of the demo, and marks the portal as a demo. The same twice changes nothing.\n";

const char help_settings[] = "usage: wecare [flags] settings [--markdown]\n\n"
                             "Prints every setting: its value now, limits, default, meaning.\n";

int command_demo(struct run *r)
{
    struct migration_report report = {0};
    struct str why = {"", 0}, said = {"", 0};
    const struct outside outside = assembly_outside(r->mem, &r->settings);
    struct db *d;

    if (r->argc > 0)
        return say_usage(help_demo, "demo takes no \"%s\"", r->argv[0]);
    enum status st = assembly_open(r->mem, &r->settings, false, &d, &why);

    if (st != ST_OK)
        return say_refused("%.*s", (int)why.n, why.p);
    fprintf(stderr, "1/2 schema and reference data of the territory\n");
    st = assembly_bring_up(r->mem, d, &report, &why);
    if (st == ST_OK) {
        fprintf(stderr, "2/2 the demo\n");
        st = assembly_load_demo(r->mem, d, &why);
    }
    if (st == ST_OK && assembly_say_demo(r->mem, d, &outside, &said) != ST_OK)
        said = STR(""); /* the demo stands all the same */
    db_close(d);
    if (st != ST_OK)
        return say_refused("%.*s", (int)why.n, why.p);
    puts("the demo territory is loaded");
    fwrite(said.p, 1, said.n, stdout);
    return EXIT_DONE;
}

int command_settings(struct run *r)
{
    const bool markdown = r->argc == 1 && str_eq_z(str_of(r->argv[0]), "--markdown");

    if (r->argc > 0 && !markdown)
        return say_usage(help_settings, "settings takes no \"%s\"", r->argv[0]);
    const struct str t = settings_table(r->mem, markdown ? NULL : &r->settings, markdown);

    fwrite(t.p, 1, t.n, stdout);
    return EXIT_DONE;
}
