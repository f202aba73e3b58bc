/* post_smtp.c - one connection to the keeper's mail server. */
#include "core/post/post_smtp.h"
#include "base/buf.h"
#include "base/clock.h"
#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { TIMEOUT_MS = 60000, CONNECT_MS = 15000, MAX_SAID = 64 * 1024, LAST_WORD_MS = 8000, WORDS_MAX = 300, PASSWORD_MAX = 256 };

enum stage { AT_START, AT_SENDER, AT_ADDRESS, AT_TEXT, AT_END };

struct post_wire {
    const struct outside *o;
    const atomic_bool *stop;
    CURL *curl;
    bool is_here; /* the server is this machine */
    /* of the mail at hand */
    struct str rest; /* of the letter */
    enum stage stage, left_from; /* left_from: how far it was when it took leave */
    int64_t n_said, stopped_us;
    char words[WORDS_MAX + 1]; /* the server's, since our last line */
    size_t n_words;
};

static struct str host_of(struct str server)
{
    if (server.n > 0 && server.p[0] == '[') {
        const ptrdiff_t end = str_index(server, ']');

        return end < 0 ? server : (struct str){server.p + 1, (size_t)end - 1};
    }
    return str_cut(&server, ':');
}

bool post_is_here(struct str server)
{
    const struct str host = host_of(server);

    return str_eq_z(host, "localhost") || str_eq_z(host, "::1") || str_starts(host, STR("127."));
}

/* ---- what curl asks and tells ---- */

static size_t give_letter(char *to, size_t size, size_t n, void *arg)
{
    struct post_wire *w = arg;
    const size_t most = size * n, k = w->rest.n < most ? w->rest.n : most;

    memcpy(to, w->rest.p, k);
    w->rest = str_from(w->rest, k);
    return k;
}

static void keep_words(struct post_wire *w, const char *p, size_t n)
{
    w->n_said += (int64_t)n;
    for (size_t i = 0; i < n && w->n_words < WORDS_MAX; i++) {
        const unsigned char ch = (unsigned char)p[i];

        if (ch >= ' ' && ch != 0x7f)
            w->words[w->n_words++] = (char)ch;
        else if (w->n_words > 0 && w->words[w->n_words - 1] != ' ')
            w->words[w->n_words++] = ' ';
    }
}

/* Our own lines tell how far it is, the server's are kept until our next. */
static int look(CURL *c, curl_infotype type, char *p, size_t n, void *arg)
{
    struct post_wire *w = arg;
    const struct str line = {p, n};

    (void)c;
    if (w->stage == AT_END) /* what is said on leaving is about no mail */
        return 0;
    if (type == CURLINFO_HEADER_OUT && str_starts(line, STR("QUIT"))) {
        w->left_from = w->stage;
        w->stage = AT_END;
    } else if (type == CURLINFO_HEADER_OUT) {
        w->n_words = 0;
        if (str_starts(line, STR("MAIL ")))
            w->stage = AT_SENDER;
        else if (str_starts(line, STR("RCPT ")))
            w->stage = AT_ADDRESS;
        else if (str_starts(line, STR("DATA")))
            w->stage = AT_TEXT;
    } else if (type == CURLINFO_DATA_OUT) {
        w->n_words = 0;
    } else if (type == CURLINFO_HEADER_IN) {
        keep_words(w, p, n);
    }
    return 0;
}

/* Not zero ends the transfer: a server that never stops talking, or the portal being stopped before
 * the text went out. Afterwards the answer, which says whether the mail was taken, is waited for a
 * little longer. */
static int go_on(void *arg, curl_off_t a, curl_off_t b, curl_off_t d, curl_off_t e)
{
    struct post_wire *w = arg;

    (void)a, (void)b, (void)d, (void)e;
    if (w->n_said > MAX_SAID)
        return 1;
    if (w->stop == NULL || !atomic_load(w->stop))
        return 0;
    if (w->stopped_us == 0)
        w->stopped_us = clock_mono_us();
    return w->stage < AT_TEXT || clock_mono_us() - w->stopped_us > (int64_t)LAST_WORD_MS * 1000;
}

/* ---- the connection ---- */

static bool read_password(const char *file, char *out, struct arena *mem, struct str *why)
{
    const int fd = open(file, O_RDONLY | O_CLOEXEC);
    const ssize_t n = fd < 0 ? -1 : read(fd, out, PASSWORD_MAX);

    if (n < 0)
        *why = str_fmt(mem, "mail.password_file cannot be read: %s", strerror(errno));
    if (fd >= 0)
        close(fd);
    if (n < 0)
        return false;
    struct str rest = {out, (size_t)n};
    const struct str line = str_cut(&rest, '\n');

    out[line.n < PASSWORD_MAX ? line.n : PASSWORD_MAX - 1] = '\0';
    if (line.n > 0 && out[line.n - 1] == '\r')
        out[line.n - 1] = '\0';
    if (*out == '\0')
        *why = STR("the first line of mail.password_file is empty");
    return *out != '\0';
}

static bool set_login(struct post_wire *w, struct arena *mem, struct str *why)
{
    char password[PASSWORD_MAX];

    if (*w->o->mail_user == '\0')
        return true;
    if (!read_password(w->o->mail_password_file, password, mem, why))
        return false;
    curl_easy_setopt(w->curl, CURLOPT_USERNAME, w->o->mail_user);
    curl_easy_setopt(w->curl, CURLOPT_PASSWORD, password);
    explicit_bzero(password, sizeof password);
    return true;
}

/* "smtp://host:587/helo-name": what follows the slash is how we greet. */
static bool set_address(struct post_wire *w, struct arena *mem, struct str *why)
{
    const struct str server = str_of(w->o->mail_server);
    const bool is_tls = strcmp(w->o->mail_tls, "tls") == 0;
    struct str bare = server;
    const bool is_v6 = server.p[0] == '[';
    const bool has_port = is_v6 ? str_index(server, ']') + 1 < (ptrdiff_t)server.n : str_index(bare, ':') >= 0;
    struct str domain = str_of(w->o->mail_from);

    (void)str_cut(&domain, '@');
    domain = str_cut(&domain, '>');
    for (size_t i = 0; i < server.n; i++)
        if (server.p[i] <= ' ' || server.p[i] >= 0x7f || strchr("/?#@\\", server.p[i]) != NULL) {
            *why = STR("mail.server is not HOST or HOST:PORT");
            return false;
        }
    if (strcmp(w->o->mail_tls, "none") == 0 && !w->is_here) {
        *why = STR("mail.tls none is for a mail server on this machine alone");
        return false;
    }
    curl_easy_setopt(w->curl, CURLOPT_URL,
                     str_fmt(mem, "%s://%.*s%s/%.*s", is_tls ? "smtps" : "smtp", (int)server.n, server.p,
                             has_port ? "" : is_tls ? ":465" : ":587", (int)domain.n, domain.p).p);
    curl_easy_setopt(w->curl, CURLOPT_USE_SSL, (long)(is_tls || !w->is_here ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    return true;
}

struct post_wire *post_wire_open(const struct post_wire_options *o, struct arena *mem, struct str *why)
{
    struct post_wire *w = ARENA_NEW(mem, struct post_wire);
    const long timeout_ms = o->timeout_ms > 0 ? o->timeout_ms : TIMEOUT_MS;

    w->o = o->outside;
    w->stop = o->stop;
    w->is_here = post_is_here(str_of(o->outside->mail_server));
    w->curl = curl_easy_init();
    if (w->curl == NULL)
        *why = STR("no memory for a connection");
    if (w->curl == NULL || !set_address(w, mem, why) || !set_login(w, mem, why)) {
        post_wire_close(w);
        return NULL;
    }
    curl_easy_setopt(w->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(w->curl, CURLOPT_PROXY, "");
    curl_easy_setopt(w->curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(w->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(w->curl, CURLOPT_CONNECTTIMEOUT_MS, timeout_ms < CONNECT_MS ? timeout_ms : (long)CONNECT_MS);
    curl_easy_setopt(w->curl, CURLOPT_TIMEOUT_MS, timeout_ms);
    curl_easy_setopt(w->curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(w->curl, CURLOPT_READFUNCTION, give_letter);
    curl_easy_setopt(w->curl, CURLOPT_READDATA, w);
    curl_easy_setopt(w->curl, CURLOPT_VERBOSE, 1L); /* to look, not to print */
    curl_easy_setopt(w->curl, CURLOPT_DEBUGFUNCTION, look);
    curl_easy_setopt(w->curl, CURLOPT_DEBUGDATA, w);
    curl_easy_setopt(w->curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(w->curl, CURLOPT_XFERINFOFUNCTION, go_on);
    curl_easy_setopt(w->curl, CURLOPT_XFERINFODATA, w);
    return w;
}

void post_wire_close(struct post_wire *w)
{
    if (w != NULL)
        curl_easy_cleanup(w->curl);
}

/* ---- one mail ---- */

static struct str tell(struct post_wire *w, CURLcode rc, struct arena *mem)
{
    const struct str said = str_trim((struct str){w->words, w->n_words});
    struct str words = str_copy(mem, said);

    if (rc == CURLE_OPERATION_TIMEDOUT)
        words = STR("the mail server does not answer in time");
    else if (w->n_said > MAX_SAID)
        words = STR("the mail server does not stop talking");
    else if (words.n == 0 || rc == CURLE_USE_SSL_FAILED || rc == CURLE_PEER_FAILED_VERIFICATION)
        words = str_copy(mem, str_of(curl_easy_strerror(rc)));
    while (words.n > 0 && !str_is_utf8(words))
        words.n--;
    return words;
}

/* The answer to each of our lines begins with a digit that says how it stands: 4 for now, 5 for good. */
static enum post_outcome outcome_of(struct post_wire *w, CURLcode rc)
{
    long code = 0;

    curl_easy_getinfo(w->curl, CURLINFO_RESPONSE_CODE, &code);
    if (w->stage == AT_END)
        w->stage = w->left_from;
    if (rc == CURLE_OK)
        return POST_ACCEPTED;
    if (rc == CURLE_ABORTED_BY_CALLBACK && w->n_said <= MAX_SAID && w->stage < AT_TEXT)
        return POST_STOPPED;
    if (w->stage < AT_ADDRESS)
        return POST_NO_SERVER;
    if (w->n_words == 0 || code < 400 || code == 421 || rc == CURLE_OPERATION_TIMEDOUT || w->n_said > MAX_SAID)
        return POST_CUT;
    if (code < 500)
        return POST_TRY_LATER;
    return w->stage == AT_ADDRESS ? POST_ADDRESS_REFUSED : POST_MAIL_REFUSED;
}

enum post_outcome post_wire_send(struct post_wire *w, struct str from, struct str to, struct str letter,
                                 struct arena *mem, struct str *words)
{
    struct curl_slist *list =
        curl_slist_append(NULL, str_fmt(mem, "<%.*s>", (int)to.n, to.p).p);

    w->rest = letter;
    w->stage = AT_START;
    w->n_said = 0;
    w->n_words = 0;
    curl_easy_setopt(w->curl, CURLOPT_MAIL_FROM, str_fmt(mem, "<%.*s>", (int)from.n, from.p).p);
    curl_easy_setopt(w->curl, CURLOPT_MAIL_RCPT, list);
    curl_easy_setopt(w->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)letter.n);
    const CURLcode rc = list == NULL ? CURLE_OUT_OF_MEMORY : curl_easy_perform(w->curl);
    const enum post_outcome out = outcome_of(w, rc);

    *words = tell(w, rc, mem);
    curl_slist_free_all(list);
    return out;
}
