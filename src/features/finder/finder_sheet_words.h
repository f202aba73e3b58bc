/*
 * finder_sheet_words.h - private to finder: needs in words and where their results stand.
 */
#pragma once
#include "core/places/places.h"
#include "features/needs/needs.h"
#include "finder_view.h"
#include "finder_words.h"
#include "store/ctx.h"

struct str finder_need_label(const struct ctx *c, const struct need *n);
/* "/trova?bisogno=...&dove=..."; an empty comune leaves the place out. */
struct str finder_results_path(struct ctx *c, struct str need, struct str comune_slug);
