/* messages_demo.c - invented notes for the demo, so that who tries the portal as its keeper finds
 * one to read, one to answer and one answered. Nobody wrote them; the same twice adds nothing. */
#include "base/macros.h"
#include "messages.h"
#include "messages_feature.h"

static const struct {
    const char *nonce, *page, *words, *answer;
    bool is_read;
} notes[] = {
    {"demo-1", "/territorio/comune/aglie-to", "Abito qui e so a quale sportello vado: è quello di Cuorgnè.", NULL, false},
    {"demo-2", "/progetti", "Sul telefono l’elenco dei progetti è lungo: si può cercare per Comune?", NULL, true},
    {"demo-3", "/territorio", "La mappa stampata in bianco e nero si legge male.",
     "Grazie. Ora le zone hanno anche un tratteggio, che si vede in bianco e nero.", true},
};

enum status messages_load_demo(struct ctx *c)
{
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < ARRAY_LEN(notes); i++) {
        const struct messages_form f = {.words = str_of(notes[i].words),
                                        .page = str_of(notes[i].page),
                                        .nonce = str_of(notes[i].nonce)};
        struct messages_note note;
        struct str code;

        st = messages_send(c, &f, &code);
        if (st == ST_OK)
            st = messages_find(c, code, &note);
        if (st == ST_OK && notes[i].is_read && note.state == MESSAGES_RECEIVED)
            st = messages_mark_read(c, &note);
        if (st == ST_OK && notes[i].answer != NULL && note.state != MESSAGES_ANSWERED)
            st = messages_answer(c, &note, str_of(notes[i].answer));
    }
    return st;
}
