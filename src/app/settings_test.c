#include "app/settings.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena *mem;
static struct settings s;
static struct str why;

static enum status load(const char *data, char **env, const char *const *set, int n_set)
{
    const struct settings_flags f = {.data = data, .set = set, .n_set = n_set};

    mem = mem == NULL ? arena_new(0) : mem;
    why = (struct str){"", 0};
    return settings_load(mem, &f, env, &s, &why);
}

static const char *ini(const char *text)
{
    static char folder[64];
    char path[80];

    snprintf(folder, sizeof folder, "/tmp/wecare-set-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/wecare.ini", folder);
    FILE *f = fopen(path, "w");

    fputs(text, f);
    fclose(f);
    return folder;
}

START_TEST(test_settings__later_places_win_over_earlier_ones)
{
    const char *folder = ini("[web]\nat_work = 3\nidle_s = 4\nwait_ms = 5\n[phone]\nnumber = 011 1\n");
    char *env[] = {"WECARE_WEB_IDLE_S=40", "WECARE_WEB_WAIT_MS=50", "PATH=/bin", NULL};
    const char *const set[] = {"web.wait_ms=500"};

    ck_assert_int_eq(load(folder, env, set, 1), ST_OK);
    ck_assert_int_eq(setting_int(&s, SET_WEB_AT_WORK), 3);
    ck_assert_int_eq(setting_int(&s, SET_WEB_IDLE_S), 40);
    ck_assert_int_eq(setting_int(&s, SET_WEB_WAIT_MS), 500);
    ck_assert_int_eq(setting_int(&s, SET_WEB_CONNECTIONS), 1000);
    ck_assert_str_eq(setting(&s, SET_PHONE_NUMBER), "011 1");
    ck_assert_str_eq(setting(&s, SET_REGION_NAME), "");
}
END_TEST

START_TEST(test_settings__an_unknown_one_names_the_nearest)
{
    const char *const set[] = {"web.wait_mss=5"};
    char *env[] = {"WECARE_PHONE_NUMBR=1", NULL};

    ck_assert_int_eq(load(NULL, NULL, set, 1), ST_INVALID);
    ck_assert_ptr_nonnull(strstr(why.p, "\"web.wait_ms\""));
    ck_assert_int_eq(load(NULL, env, NULL, 0), ST_INVALID);
    ck_assert_ptr_nonnull(strstr(why.p, "\"phone.number\""));
    ck_assert_int_eq(load(ini("[portl]\nname = x\n"), NULL, NULL, 0), ST_INVALID);
    ck_assert_ptr_nonnull(strstr(why.p, "\"portal.name\""));
}
END_TEST

START_TEST(test_settings__values_out_of_limits_say_the_limits)
{
    static const char *const bad[] = {"web.at_work=0", "web.at_work=many", "web.at_work=4097", "web.at_work=",
                                      "log.level=loud", "portal.name=", "phone.number=1\n2", "phone.number=\xff"};

    for (int i = 0; i < ARRAY_LEN(bad); i++)
        ck_assert_msg(load(NULL, NULL, &bad[i], 1) == ST_INVALID && why.n > 0, "%s", bad[i]);
    ck_assert_int_eq(load(NULL, NULL, &bad[0], 1), ST_INVALID);
    ck_assert_ptr_nonnull(strstr(why.p, "from 1 to 4096"));
    const char *no_equals = "web.at_work";

    ck_assert_int_eq(load(NULL, NULL, &no_equals, 1), ST_INVALID);
}
END_TEST

START_TEST(test_settings__a_broken_file_is_said_with_its_line)
{
    ck_assert_int_eq(load(ini("[web]\nat_work = 3\nthis is not a setting\n"), NULL, NULL, 0), ST_INVALID);
    ck_assert_ptr_nonnull(strstr(why.p, "line 3"));
}
END_TEST

START_TEST(test_settings__the_docs_are_the_table)
{
    const char *source = getenv("WECARE_SOURCE");

    mem = mem == NULL ? arena_new(0) : mem;
    ck_assert_ptr_nonnull(source);
    const struct str path = str_fmt(mem, "%s/docs/operator/settings.md", source);
    FILE *f = fopen(path.p, "r");

    ck_assert_msg(f != NULL, "docs/operator/settings.md is missing");
    char *text = arena_alloc(mem, 65536);
    const size_t n = fread(text, 1, 65535, f);

    fclose(f);
    const struct str want = settings_table(mem, NULL, true);

    ck_assert_msg(memmem(text, n, want.p, want.n) != NULL,
                  "docs/operator/settings.md differs from the table: write there what "
                  "`wecare settings --markdown` prints");
}
END_TEST

UNIT_MAIN("settings", test_settings__later_places_win_over_earlier_ones, test_settings__an_unknown_one_names_the_nearest,
          test_settings__values_out_of_limits_say_the_limits, test_settings__a_broken_file_is_said_with_its_line,
          test_settings__the_docs_are_the_table)
