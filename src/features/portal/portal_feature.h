/*
 * portal_feature.h - private to portal: the handlers behind its routes.
 */
#pragma once
#include "web/web.h"

enum status portal_help_page(struct web *w);
enum status portal_accessibility_page(struct web *w);
enum status portal_privacy_page(struct web *w);
enum status portal_legal_page(struct web *w);
