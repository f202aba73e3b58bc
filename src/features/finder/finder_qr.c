/* finder_qr.c - the only file that knows libqrencode. */
#include "finder_qr.h"
#include "base/buf.h"
#include <qrencode.h>

enum { QUIET = 4, MOST_BYTES = 2331 }; /* what version 40 holds at level M */

static bool is_dark(const QRcode *q, int x, int y)
{
    return x < q->width && (q->data[y * q->width + x] & 1) != 0;
}

/* Modules side by side are one stroke: half the bytes. */
static void draw_row(struct buf *b, const QRcode *q, int y)
{
    for (int x = 0; x < q->width;) {
        int n = 0;

        while (is_dark(q, x + n, y))
            n++;
        if (n > 0)
            buf_fmt(b, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, n, n);
        x += n + 1;
    }
}

struct finder_qr finder_qr(struct ctx *c, struct str text)
{
    struct finder_qr out = {.words = text_get(c->lang, "finder.qr-words")};

    if (text.n == 0 || text.n > MOST_BYTES)
        return out;
    QRcode *q = QRcode_encodeData((int)text.n, (const unsigned char *)text.p, 0, QR_ECLEVEL_M);

    if (q == NULL)
        return out;
    struct buf b = buf_new(c->mem, 4096);

    for (int y = 0; y < q->width; y++)
        draw_row(&b, q, y);
    out.box = str_fmt(c->mem, "0 0 %d %d", q->width + 2 * QUIET, q->width + 2 * QUIET);
    out.path = buf_view(&b);
    QRcode_free(q);
    return out;
}
