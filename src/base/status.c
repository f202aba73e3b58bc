#include "base/status.h"

static const char *const names[ST_COUNT] = {
    [ST_OK] = "ok",
    [ST_INVALID] = "invalid",
    [ST_NOT_FOUND] = "not-found",
    [ST_DENIED] = "denied",
    [ST_CONFLICT] = "conflict",
    [ST_TOO_LARGE] = "too-large",
    [ST_BUSY] = "busy",
    [ST_TIMEOUT] = "timeout",
    [ST_UNAVAILABLE] = "unavailable",
    [ST_GONE] = "gone",
};

const char *status_name(enum status st)
{
    return (unsigned)st < ST_COUNT ? names[st] : "unknown";
}
