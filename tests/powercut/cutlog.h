/*
 * cutlog.h - the log of what a program did to the files of one folder, in the order it happened.
 *
 * Order   every record is one append (O_APPEND) to one file, so records of many threads and of
 *         other programs (the client that got an answer) stand in one order. A write is logged
 *         after it was done; an fsync twice: before it begins and after it succeeded. What was
 *         logged before CUT_SYNC_BEGINS is durable from CUT_SYNC_ENDS on, and nothing else is.
 */
#pragma once
#include <stdint.h>

#define CUT_MAGIC 0x57434355u

enum cut_kind {
    CUT_OPEN = 1,     /* path was there: this inode is it */
    CUT_CREATE,       /* path is new */
    CUT_WRITE,        /* bytes at offset */
    CUT_TRUNCATE,     /* to offset bytes */
    CUT_SYNC_BEGINS,  /* number says which */
    CUT_SYNC_ENDS,
    CUT_DIR_BEGINS,   /* an fsync of the folder */
    CUT_DIR_ENDS,
    CUT_UNLINK,       /* path */
    CUT_RENAME,       /* "from\0to" */
    CUT_ACK,          /* somebody was told that this is kept: bytes are its key */
    CUT_UNKNOWN       /* a call that the recorder does not follow: the log is worth nothing */
};

struct cut_record {
    uint32_t magic, kind;
    uint64_t inode, offset, number;
    uint64_t n_bytes; /* that follow */
};
