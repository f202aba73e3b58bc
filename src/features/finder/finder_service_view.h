/*
 * finder_service_view.h - private to finder: the sheet of one service, in the order of the national
 *                         model (scheda servizio).
 */
#pragma once
#include "finder_hours.h"
#include "finder_qr.h"
#include "finder_view.h"
#include "web/page.h"

struct finder_phone_view {
    struct str number; /* as written; the link keeps its digits */
    struct str about;  /* "centralino · italiano, rumeno"; may be empty */
};

struct finder_place_view {
    struct str name, address; /* address empty: not written, or secret */
    struct finder_link comune;
    struct str quarter;
    bool is_secret;
    bool has_point; /* of the door itself */
    struct str lat, lon;
    struct str sought; /* what a map is asked for when there is no point; empty: no map link */
    struct str access, transport;
    struct finder_hours_view hours;
    struct finder_phone_view *phones; /* those of the place itself */
    int n_phones;
};

struct finder_text {
    struct str *lines;
    int n_lines;
};

struct finder_document_view {
    struct str label, url;
};

struct finder_contact_view {
    struct str role, phone, email;
};

/* A service in a short list on another page. */
struct finder_service_line {
    struct str slug, name, summary, where, phone;
};

struct finder_service_view {
    struct frame *frame;
    struct html data; /* schema.org, for search engines */
    struct str slug, name, summary, path, url;
    struct finder_link organisation;
    struct str organisation_kind;
    struct str status, status_css;
    const char *status_icon;
    struct str status_why; /* not active: what that means */
    struct str kind;       /* "corso"; empty for a plain service */
    struct str fee;        /* "Gratis"; empty: not known */
    struct str alert;
    bool is_demo, is_gone;
    bool is_violence; /* who reads it may have to leave at once */
    struct str initiative_year; /* empty: an ordinary entry */
    struct finder_link *topics; /* its needs */
    int n_topics;

    struct finder_text addressed, how, achieved, times, conditions;
    struct str ages, areas, targets;
    bool is_for_anyone;
    struct finder_document_view *documents;
    int n_documents;
    struct str isee;
    struct str places_free;    /* "4 posti liberi"; empty: not said */
    struct str apply_by, runs; /* days of a course, event, call */
    struct str wait;
    struct str ways; /* "di persona, per telefono" */
    struct str intake, url_of_service, email;
    struct finder_text costs;
    struct str access;

    struct finder_phone_view *phones; /* the first is the one to call */
    int n_phones;
    struct finder_contact_view *contacts;
    int n_contacts;
    struct finder_place_view *places;
    int n_places;
    struct finder_hours_view hours; /* without places */
    bool has_hours;
    struct str calendar_path; /* the hours as a calendar; empty: there are none */
    struct str languages;

    struct str verified, verified_how; /* day and words; empty: never */
    bool is_aging;
    bool is_to_reconfirm;             /* nobody answered for it */
    struct str checked;               /* verified by a call: the day; empty: never */
    struct str mended;                /* a report of a citizen that was mended; empty: none of late */
    struct str sms;
    struct finder_qr qr;

    struct str not_for;        /* name of the comune asked about, when the service is not for it */
    struct str elsewhere_path; /* results of the same need there */
    struct str near_title;
    struct finder_service_line *near;
    int n_near;
    bool is_preview; /* not saved yet: without what leads elsewhere */
};

/* A sheet that is not saved yet. */
struct finder_preview_view {
    struct frame *frame;
    struct finder_service_view *sheet;
    struct str back;
    bool is_hidden_in_part;
};
