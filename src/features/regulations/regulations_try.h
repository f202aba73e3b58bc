/*
 * regulations_try.h - private to regulations: the facts that one text asks, as a form; a scale of need is such a form too.
 *
 * Nothing of what is typed is kept: it travels in the form and is gone with the answer. What is left out is not known, and
 * the answer says what is missing.
 */
#pragma once
#include "regulations_view.h"
#include "web/web.h"

/* One field for each fact of the household and of who asks; how many minors when persons are counted. asked: values of the
 * form that was sent; false: an empty form. *out is the answer's part of the page as well. */
enum status regulations_try(struct web *w, const struct regulation *r, const struct rules *rules, bool asked,
                            struct regulations_try_view *out);
