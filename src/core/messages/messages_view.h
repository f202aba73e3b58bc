/*
 * messages_view.h - private to messages: what its pages show.
 */
#pragma once
#include "messages.h"
#include "web/frame.h"

struct messages_write_view {
    struct frame *frame;
    struct str words, page, nonce, code;            /* as typed */
    struct str words_error, form_error, code_error; /* words to show; empty: none */
    int words_max;
};

struct messages_follow_view {
    struct frame *frame;
    struct str code;                                /* in two groups */
    struct str received, read, answered, answer_by; /* days as people write them */
    struct str answer;
    int keep_days;
    bool is_new;  /* sent a moment ago */
    bool is_late; /* the promised day is past */
};
