/* gulpease_test.c - texts whose words, letters and sentences were counted by hand. */
#include "base/gulpease.h"
#include "tests/unit.h"

START_TEST(test_gulpease__as_counted_by_hand)
{
    static const struct {
        const char *text;
        int words, letters, sentences, score;
    } all[] = {
        {"", 0, 0, 0, 100},
        {"Vieni.", 1, 5, 1, 100},
        {"Lo sportello è aperto.", 4, 18, 1, 100},
        {"Costa 1.180,50 euro. Paga dopo!", 5, 23, 2, 100},
        {"Il richiedente presenta autocertificazione comprovante insussistenza di impedimenti relativi alla residenza", 11, 97, 1, 29},
        {"Prima riga\nseconda riga", 4, 20, 2, 100},
        {"dell'ISEE di cui sopra; poi altro", 7, 26, 2, 100},
    };

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct gulpease g;

        gulpease_measure(str_of(all[i].text), &g);
        ck_assert_msg(g.n_words == all[i].words && g.n_letters == all[i].letters && g.n_sentences == all[i].sentences && g.score == all[i].score,
                      "%s: %d words, %d letters, %d sentences, %d", all[i].text, g.n_words, g.n_letters, g.n_sentences, g.score);
    }
}
END_TEST

START_TEST(test_gulpease__long_sentences_are_found)
{
    struct str rest = STR("Breve. Questa frase invece va avanti molto a lungo e ha tante parole una dopo l'altra senza mai fermarsi per "
                          "prendere fiato né per lasciare il tempo di capire che cosa dice davvero. Fine.");
    struct str sentence;
    int n = 0;

    ck_assert(gulpease_next_long(&rest, &sentence, &n));
    ck_assert(str_starts(sentence, STR("Questa frase")) && n > GULPEASE_LONG);
    ck_assert(!gulpease_next_long(&rest, &sentence, &n));
}
END_TEST

UNIT_MAIN("gulpease", test_gulpease__as_counted_by_hand, test_gulpease__long_sentences_are_found)
