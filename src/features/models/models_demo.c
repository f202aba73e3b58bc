/* models_demo.c - one invented model for the demo, said to be invented; the same twice adds nothing. */
#include "models.h"
#include "models_feature.h"

enum status models_load_demo(struct ctx *c)
{
    struct models_put p = {.by = STR("demo"), .is_demo = true};
    struct models_model *list;
    struct str code;
    int n = 0, n_followed = 0;
    enum status st = models_list(c, &list, &n);

    for (int i = 0; st == ST_OK && i < n; i++)
        if (list[i].is_demo)
            return ST_OK;
    p.texts[EDIT_NAME] = STR("Pasti a domicilio (modello di prova)");
    p.texts[EDIT_SUMMARY] = STR("Un pasto caldo portato a casa a chi non può cucinare.");
    p.texts[EDIT_DESCRIPTION] = STR("Chi è solo o non può cucinare riceve un pasto al giorno a casa. Il menù segue le diete. "
                                    "Chi porta il pasto si ferma due parole e avvisa se qualcosa non va.");
    p.texts[EDIT_KIND] = STR("service");
    p.texts[EDIT_TARGETS] = STR("anziani");
    p.texts[EDIT_FEE] = STR("by-isee");
    p.texts[EDIT_APPLICATION] = STR("Chiama lo sportello sociale del tuo Comune.");
    p.texts[EDIT_DOCUMENTS] = STR("ISEE");
    return st == ST_OK ? models_put(c, &p, &code, &n_followed) : st;
}
