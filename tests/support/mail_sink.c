#include "mail_sink.h"
#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void run_it(const struct mail_sink *s, const char *const *more, int in, int out)
{
    const char *argv[16] = {"python3", "-IS", "tests/support/mailsink.py", s->folder};
    int n = 4;

    dup2(in, 0);
    dup2(out, 1);
    for (int i = 0; more != NULL && more[i] != NULL && n < 15; i++)
        argv[n++] = more[i];
    execvp("python3", (char *const *)argv);
    _exit(127);
}

void mail_sink_begin(struct mail_sink *s, const char *const *more)
{
    int in[2], out[2];
    char port[16] = "";
    size_t n = 0;
    const char *source = getenv("WECARE_SOURCE");

    strcpy(s->folder, "/tmp/wecare-sink-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(s->folder));
    ck_assert_int_eq(pipe2(in, O_CLOEXEC), 0);
    ck_assert_int_eq(pipe2(out, O_CLOEXEC), 0);
    s->pid = fork();
    if (s->pid == 0) {
        if (source != NULL && chdir(source) != 0)
            _exit(126);
        run_it(s, more, in[0], out[1]);
    }
    close(in[0]);
    close(out[1]);
    s->to = in[1];
    s->from = out[0];
    while (n < sizeof port - 1 && read(s->from, port + n, 1) == 1 && port[n] != '\n')
        n++;
    port[n] = '\0';
    ck_assert_msg(n > 0, "the mail sink does not start");
    snprintf(s->server, sizeof s->server, "127.0.0.1:%s", port);
}

void mail_sink_end(struct mail_sink *s)
{
    DIR *d = opendir(s->folder);
    char path[400];

    close(s->to);
    kill(s->pid, SIGTERM);
    waitpid(s->pid, NULL, 0);
    close(s->from);
    for (const struct dirent *e; d != NULL && (e = readdir(d)) != NULL;)
        if (e->d_name[0] != '.') {
            snprintf(path, sizeof path, "%s/%s", s->folder, e->d_name);
            unlink(path);
        }
    if (d != NULL)
        closedir(d);
    rmdir(s->folder);
}

int mail_sink_count(const struct mail_sink *s)
{
    DIR *d = opendir(s->folder);
    int n = 0;

    for (const struct dirent *e; d != NULL && (e = readdir(d)) != NULL;)
        n += strstr(e->d_name, ".eml") != NULL;
    if (d != NULL)
        closedir(d);
    return n;
}

struct str mail_sink_mail(const struct mail_sink *s, struct arena *mem, int n)
{
    char path[100];
    char *text = arena_alloc(mem, 1 << 20);

    snprintf(path, sizeof path, "%s/%04d.eml", s->folder, n);
    FILE *f = fopen(path, "rb");

    ck_assert_ptr_nonnull(f);
    const size_t got = fread(text, 1, 1 << 20, f);

    fclose(f);
    return (struct str){text, got};
}
