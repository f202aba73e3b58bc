/* main.c - the door of the command line: settings first, then one command. */
#include "app/command.h"
#include "app/features.h"
#include "app/assembly.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/random.h"
#include "base/text.h"
#include <curl/curl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

extern char **environ;

static const struct {
    const char *name;
    int (*run)(struct run *r);
    const char *help;
    const char *line;
} commands[] = {
    {"serve", command_serve, help_serve, "serve the portal"},
    {"demo", command_demo, help_demo, "load reference data and the invented demo"},
    {"import", command_import, help_import, "import a file: memberships, boundaries, caps..."},
    {"db", command_db, help_db, "migrate, check, backup, restore"},
    {"settings", command_settings, help_settings, "the table of settings and their values"},
};

static void print_help(FILE *to)
{
    fprintf(to, "wecare " WECARE_VERSION " - portale del welfare di comunità\n\n"
                "usage: wecare [--data DIR | --store postgres://...] [--set name=value]... COMMAND\n\n");
    for (int i = 0; i < ARRAY_LEN(commands); i++)
        fprintf(to, "  %-10s %s\n", commands[i].name, commands[i].line);
    for (int i = 0; i < n_app_features; i++)
        for (int k = 0; k < app_features[i]->n_commands; k++) {
            const struct command *c = &app_features[i]->commands[k];

            fprintf(to, "  %-10s %.*s\n", c->name, (int)strcspn(c->help, "\n"), c->help);
        }
    fprintf(to, "\n  wecare COMMAND --help says more. Exit: 0 done, 1 refused or failed, 2 wrong use.\n");
}

/* Takes the flags before the command; returns the index of the command, or -1 after saying why. */
static int read_flags(int argc, char **argv, struct settings_flags *f, const char **set)
{
    int i = 1;

    for (; i < argc && strncmp(argv[i], "--", 2) == 0; i++) {
        const char *name = argv[i] + 2, *equals = strchr(name, '=');
        const size_t n = equals == NULL ? strlen(name) : (size_t)(equals - name);
        const struct {
            const char *name;
            const char **to;
        } known[] = {{"data", &f->data}, {"store", &f->store}, {"set", NULL}};
        int k = 0;

        while (k < ARRAY_LEN(known) && !(strlen(known[k].name) == n && !strncmp(name, known[k].name, n)))
            k++;
        if (k == ARRAY_LEN(known))
            return say_usage("", "there is no flag %s before the command; try wecare --help", argv[i]), -1;
        const bool inside = equals != NULL && known[k].to != NULL;
        const char *value = inside ? equals + 1 : i + 1 < argc ? argv[++i] : NULL;

        if (value == NULL)
            return say_usage("", "--%s wants a value", known[k].name), -1;
        if (known[k].to != NULL)
            *known[k].to = value;
        else
            set[f->n_set++] = value;
    }
    return i;
}

static bool wants_help(int argc, char **argv)
{
    for (int i = 0; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

/* serve takes --listen after its name too: the way other programs call it. */
static int take_listen(int argc, char **argv, struct settings_flags *f)
{
    int n = 0;

    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "--listen") == 0 && i + 1 < argc)
            f->listen = argv[++i];
        else if (strncmp(argv[i], "--listen=", 9) == 0)
            f->listen = argv[i] + 9;
        else
            argv[n++] = argv[i];
    }
    return n;
}

/* "rules simulate" is a command of its own beside "rules": two words before one. */
static bool is_called(const struct command *c, struct run *r, const char *name, int n_words)
{
    const size_t n = strlen(name);

    if (n_words == 1)
        return strcmp(c->name, name) == 0;
    return r->argc > 0 && strncmp(c->name, name, n) == 0 && c->name[n] == ' ' && strcmp(c->name + n + 1, r->argv[0]) == 0;
}

static const struct command *command_of_a_slice(struct run *r, const char *name)
{
    for (int n_words = 2; n_words >= 1; n_words--)
        for (int i = 0; i < n_app_features; i++)
            for (int k = 0; k < app_features[i]->n_commands; k++)
                if (is_called(&app_features[i]->commands[k], r, name, n_words)) {
                    r->argv += n_words - 1;
                    r->argc -= n_words - 1;
                    return &app_features[i]->commands[k];
                }
    return NULL;
}

static int run_of_a_slice(struct run *r, const char *name)
{
    const struct command *const c = command_of_a_slice(r, name);
    struct db *d;
    struct str why;

    if (c == NULL)
        return say_usage("", "there is no command \"%s\"; try wecare --help", name);
    if (wants_help(r->argc, r->argv)) {
        fputs(c->help, stdout);
        return EXIT_DONE;
    }
    if (c->without_db)
        return c->run(NULL, r->argc, r->argv);
    if (assembly_open(r->mem, &r->settings, true, &d, &why) != ST_OK)
        return say_refused("%.*s", (int)why.n, why.p);
    const struct outside outside = assembly_outside(r->mem, &r->settings);
    const int code = c->run_outside != NULL ? c->run_outside(d, &outside, r->argc, r->argv) : c->run(d, r->argc, r->argv);

    db_close(d);
    return code;
}
static int dispatch(struct run *r, const char *name)
{
    for (int i = 0; i < ARRAY_LEN(commands); i++)
        if (strcmp(commands[i].name, name) == 0) {
            /* import has a help of its own for each kind */
            if (!wants_help(r->argc, r->argv) || commands[i].run == command_import)
                return commands[i].run(r);
            fputs(commands[i].help, stdout);
            return EXIT_DONE;
        }
    return run_of_a_slice(r, name);
}

static void start(void)
{
    umask(077); /* what people wrote is for the keeper alone: no file for others of the machine */
    clock_init();
    arena_set_up();
    random_init();
    fault_init();
    text_init();
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

int main(int argc, char **argv)
{
    struct settings_flags flags = {0};
    const char **set = (const char *[]){NULL};
    struct run r = {.mem = arena_new(0)};
    struct str why = {"", 0};

    start();
    set = ARENA_ARRAY(r.mem, const char *, (size_t)argc);
    flags.set = set;
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_help(argc < 2 ? stderr : stdout);
        return argc < 2 ? EXIT_USAGE : EXIT_DONE;
    }
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "version") == 0) {
        puts("wecare " WECARE_VERSION);
        return EXIT_DONE;
    }
    const int at = read_flags(argc, argv, &flags, set);

    if (at < 0)
        return EXIT_USAGE;
    if (at >= argc)
        return say_usage("", "which command? try wecare --help");
    r.argv = argv + at + 1;
    r.argc = argc - at - 1;
    if (strcmp(argv[at], "serve") == 0)
        r.argc = take_listen(r.argc, r.argv, &flags);
    if (settings_load(r.mem, &flags, environ, &r.settings, &why) != ST_OK)
        return say_refused("%.*s", (int)why.n, why.p), EXIT_USAGE;
    const char *level = setting(&r.settings, SET_LOG_LEVEL);

    log_set_level(*level == 'd' ? LOG_DEBUG : *level == 'i' ? LOG_INFO : *level == 'w' ? LOG_WARN : LOG_ERROR);
    const int code = dispatch(&r, argv[at]);

    arena_free(r.mem);
    return code;
}
