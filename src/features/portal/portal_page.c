/* portal_page.c - help, accessibility, privacy and legal notes. */
#include "base/date.h"
#include "base/sheet.h"
#include "core/places/places.h"
#include "portal_feature.h"
#include "portal_pages.h"
#include "portal_view.h"

/* An entry of the menu is the proof that the slice behind it is in the program. */
static bool has_entry(struct web *w, const char *path)
{
    int n = 0;
    const struct menu_entry *e = web_menu(w, &n);

    for (int i = 0; i < n; i++)
        if (str_eq_z(str_of(path), e[i].path))
            return true;
    return false;
}

/* GET /aiuto - how to use the portal, with the keyboard too, and what people ask. */
enum status portal_help_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct portal_help_view v = {.frame = frame_new(w, text_get(c->lang, "portal.help-title")),
                                 .has_territory = has_entry(w, "/territorio"),
                                 .has_programme = has_entry(w, "/progetti"),
                                 .has_messages = has_entry(w, "/aiuto/scrivi")};
    const enum status st = places_has_caps(c, &v.has_caps);

    if (st != ST_OK)
        return st;
    v.frame->description = text_get(c->lang, "portal.help-description");
    return html_portal_help(w, &v);
}

/* GET /accessibilita - the statement, with what the last run of the checks measured. */
enum status portal_accessibility_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct portal_accessibility_view v = {
        .frame = frame_new(w, text_get(c->lang, "portal.accessibility-title")),
        .has_messages = has_entry(w, "/aiuto/scrivi")};

    v.frame->description = text_get(c->lang, "portal.accessibility-description");
    portal_read_facts(c, &v);
    return html_portal_accessibility(w, &v);
}

/* GET /privacy - what is kept: nearly nothing. */
enum status portal_privacy_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct site *site = web_site(w);
    struct portal_privacy_view v = {.frame = frame_new(w, text_get(c->lang, "portal.privacy-title")),
                                    .keeper_name = site->keeper_name,
                                    .keeper_contact = site->keeper_contact,
                                    .has_messages = has_entry(w, "/aiuto/scrivi")};

    v.frame->description = text_get(c->lang, "portal.privacy-description");
    return html_portal_privacy(w, &v);
}

/* GET /note-legali - licences and sources. */
enum status portal_legal_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct portal_legal_view v = {.frame = frame_new(w, text_get(c->lang, "portal.legal-title")),
                                  .licence = web_site(w)->licence,
                                  .version = WECARE_VERSION,
                                  .has_territory = has_entry(w, "/territorio"),
                                  .has_programme = has_entry(w, "/progetti")};

    v.frame->description = text_get(c->lang, "portal.legal-description");
    return html_portal_legal(w, &v);
}
