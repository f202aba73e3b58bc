/* catalogue_say.c - the words of the catalogue's lists in the language of the reader. */
#include "features/catalogue/catalogue.h"

static struct str say(struct ctx *c, struct str key)
{
    return text_get(c->lang, key.p);
}

struct str catalogue_kind_words(struct ctx *c, enum service_kind kind)
{
    return say(c, str_fmt(c->mem, "catalogue.kind-%s", catalogue_kind_name(kind)));
}

struct str catalogue_way_words(struct ctx *c, int bit)
{
    return say(c, str_fmt(c->mem, "catalogue.way-%s", catalogue_way_name(bit)));
}

struct str catalogue_fee_words(struct ctx *c, enum service_fee fee)
{
    return say(c, str_fmt(c->mem, "catalogue.fee-%s", catalogue_fee_name(fee)));
}

struct str catalogue_how_words(struct ctx *c, enum confirm_how how)
{
    return how == HOW_UNKNOWN
               ? STR("")
               : say(c, str_fmt(c->mem, "catalogue.how-%s", catalogue_how_name(how)));
}

struct str catalogue_access_words(struct ctx *c, int bit)
{
    return say(c, str_fmt(c->mem, "catalogue.access-%s", catalogue_access_name(bit)));
}

struct str catalogue_answer_words(struct ctx *c, enum initiative_answer a)
{
    return say(c, str_fmt(c->mem, "catalogue.answer-%s", catalogue_answer_name(a)));
}
