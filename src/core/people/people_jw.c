/* people_jw.c - Jaro-Winkler of fixed texts: in plain words, and with the wide registers that the processor has. */
#include "people_measure.h"
#include "base/macros.h"
#include <stdbool.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { MOST = 32, SHORT = 8, MIDDLE = 16 };

#define EIGHT(M, k, n) M((k) + 0, n), M((k) + 1, n), M((k) + 2, n), M((k) + 3, n), M((k) + 4, n), M((k) + 5, n), M((k) + 6, n), M((k) + 7, n)

/* m / n as the processor would divide: a load in place of a division. */
#define PART(m, n) (n) == 0 ? 0 : (double)(m) / ((n) == 0 ? 1 : (n))
#define PARTS(n) {EIGHT(PART, 0, n), EIGHT(PART, 8, n), EIGHT(PART, 16, n), EIGHT(PART, 24, n), PART(32, n)}
#define FOUR_PARTS(n) PARTS((n) + 0), PARTS((n) + 1), PARTS((n) + 2), PARTS((n) + 3)
static const double part[MOST + 1][MOST + 1] = {FOUR_PARTS(0),  FOUR_PARTS(4),  FOUR_PARTS(8),  FOUR_PARTS(12), FOUR_PARTS(16),
                                                FOUR_PARTS(20), FOUR_PARTS(24), FOUR_PARTS(28), PARTS(32)};

/* From its counts; one place, so that every path gives the same bits. None in common: 0 of nothing. */
static inline double jaro_of(unsigned m, unsigned n_moved, size_t na, size_t nb)
{
    return (part[na][m] + part[nb][m] + part[m][m - n_moved / 2]) / 3;
}

static double with_beginning(double jaro, const char *a, const char *b, size_t least)
{
    size_t k = 0;

    while (k < 4 && k < least && a[k] == b[k])
        k++;
    return jaro + (double)k * 0.1 * (1 - jaro);
}

/* Winkler: a common beginning speaks only for words that are near already. */
static inline double winkler_of(double jaro, const char *a, const char *b, size_t least)
{
    return __builtin_expect(jaro <= 0.7, 1) ? jaro : with_beginning(jaro, a, b, least);
}

static inline size_t reach_of(size_t na, size_t nb)
{
    const size_t half = (na > nb ? na : nb) / 2;

    return half < 1 ? 0 : half - 1;
}

/* ---- plain words: eight letters in one, the high bit of each byte says yes ---- */

static const uint64_t ones = 0x0101010101010101, sevens = 0x7f7f7f7f7f7f7f7f, tops = 0x8080808080808080;

/* Which places letter i may stand against: 16 bytes from [reach][16 + reach - i]. */
#define TOPS_1 "\x80"
#define TOPS_2 TOPS_1 TOPS_1
#define TOPS_4 TOPS_2 TOPS_2
#define TOPS_8 TOPS_4 TOPS_4
#define NONE_16 "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
static const char windows[SHORT][64] = {NONE_16 TOPS_1, NONE_16 TOPS_2 TOPS_1, NONE_16 TOPS_4 TOPS_1, NONE_16 TOPS_4 TOPS_2 TOPS_1,
                                        NONE_16 TOPS_8 TOPS_1, NONE_16 TOPS_8 TOPS_2 TOPS_1, NONE_16 TOPS_8 TOPS_4 TOPS_1,
                                        NONE_16 TOPS_8 TOPS_4 TOPS_2 TOPS_1};

/* The first letter in the lowest byte. */
static inline uint64_t eight_at(const char *p)
{
    uint64_t w;

    memcpy(&w, p, sizeof w);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    w = __builtin_bswap64(w);
#endif
    return w;
}

static inline uint64_t tops_of(size_t n)
{
    return n >= SHORT ? tops : n == 0 ? 0 : tops >> (64 - 8 * n);
}

static inline uint64_t not_zero(uint64_t x)
{
    return (((x & sevens) + sevens) | x) & tops;
}

static inline unsigned count_tops(uint64_t x)
{
    return (unsigned)(((x >> 7) * ones) >> 56);
}

/* Both at most eight letters: no branch depends on them. What is taken of each comes together in a word, in its order. */
static inline double jaro_short(const char *a, size_t na, const char *b, size_t nb)
{
    const uint64_t wa = eight_at(a), wb = eight_at(b), all = tops_of(nb);
    const size_t reach = reach_of(na, nb);
    const char *window = windows[reach] + MIDDLE + reach;
    uint64_t free_b = all, of_a = 0, of_b = 0;
    unsigned at_a = 0, at_b = 0;

#pragma GCC unroll 8
    for (int i = 0; i < SHORT; i++) {
        const uint64_t c = wa >> (8 * i) & 255;
        const uint64_t here = ~not_zero(wb ^ c * ones) & free_b & eight_at(window - i);
        const uint64_t is_taken = here != 0;

        free_b ^= here & (0 - here);
        of_a |= (c & (0 - is_taken)) << at_a;
        at_a += 8 * (unsigned)is_taken;
    }
    const uint64_t in_b = all ^ free_b;

#pragma GCC unroll 8
    for (int k = 0; k < SHORT; k++) {
        const uint64_t is_taken = in_b >> (8 * k + 7) & 1;

        of_b |= (wb >> (8 * k) & 255 & (0 - is_taken)) << at_b;
        at_b += 8 * (unsigned)is_taken;
    }
    return jaro_of(at_a / 8, count_tops(not_zero(of_a ^ of_b)), na, nb);
}

/* Both at most sixteen: two words. n_rows is 8 or 16, what a has at most. */
static inline __attribute__((always_inline)) double jaro_middle(const char *a, size_t na, const char *b, size_t nb, int n_rows)
{
    const uint64_t low_b = eight_at(b), high_b = eight_at(b + 8), all_low = tops_of(nb), all_high = nb > 8 ? tops_of(nb - 8) : 0;
    const size_t reach = reach_of(na, nb);
    const char *window = windows[reach] + MIDDLE + reach;
    uint64_t low = all_low, high = all_high;
    char of_a[MIDDLE + 1] = {0}, of_b[MIDDLE + 1] = {0};
    unsigned m = 0, k = 0;

    for (int i = 0; i < n_rows; i++) {
        const uint64_t c = (unsigned char)a[i] * ones;
        const uint64_t here_low = ~not_zero(low_b ^ c) & low & eight_at(window - i);
        const uint64_t here_high = (~not_zero(high_b ^ c) & high & eight_at(window - i + 8)) & (0 - (uint64_t)(here_low == 0));

        low ^= here_low & (0 - here_low);
        high ^= here_high & (0 - here_high);
        of_a[m] = a[i];
        m += (here_low | here_high) != 0;
    }
    of_a[m] = 0;
    low ^= all_low;
    high ^= all_high;
    for (int i = 0; i < 8; i++) {
        of_b[k] = b[i];
        k += low >> (8 * i + 7) & 1;
    }
    for (int i = 0; i < 8; i++) {
        of_b[k] = b[8 + i];
        k += high >> (8 * i + 7) & 1;
    }
    of_b[k] = 0;
    return jaro_of(m, count_tops(not_zero(eight_at(of_a) ^ eight_at(of_b))) + count_tops(not_zero(eight_at(of_a + 8) ^ eight_at(of_b + 8))), na, nb);
}

double people_jw32_portable(const char a[32], size_t na, const char b[32], size_t nb)
{
    na = na > MOST ? MOST : na;
    nb = nb > MOST ? MOST : nb;
    if (na == 0 || nb == 0)
        return na == nb;
    const size_t most = na > nb ? na : nb, least = na < nb ? na : nb;

    if (most <= SHORT)
        return winkler_of(jaro_short(a, na, b, nb), a, b, least);
    if (most <= MIDDLE)
        return winkler_of(na <= SHORT        ? jaro_middle(a, na, b, nb, SHORT)
                          : na <= SHORT + 4 ? jaro_middle(a, na, b, nb, SHORT + 4)
                                            : jaro_middle(a, na, b, nb, MIDDLE),
                          a, b, least);
    return people_jaro_winkler(a, na, b, nb);
}

#if defined(__x86_64__)

/* Sixteen bits a letter of a, the places of b that it may stand against; four letters a word. */
#define ROW(i, r) (uint64_t)((((1u << (2 * (r) + 1)) - 1) << (i) >> (r)) & 0xffff) << (16 * ((i) % 4))
#define ROWS(i, r) ROW((i) + 0, r) | ROW((i) + 1, r) | ROW((i) + 2, r) | ROW((i) + 3, r)
#define REACH(r, unused) {ROWS(0, r), ROWS(4, r), ROWS(8, r), ROWS(12, r)}
static const uint64_t rows_in_reach[SHORT][4] = {EIGHT(REACH, 0, 0)};

static inline uint32_t lowest(uint32_t x)
{
    return x & (0 - x);
}

struct taken {
    uint32_t in_a, in_b;
};

/* Each letter of a in its turn takes the first free place that it equals and reaches: n_rows of them, without a branch. */
static inline __attribute__((always_inline)) struct taken take(const uint64_t *equal, size_t na, size_t nb, int n_rows)
{
    const uint64_t *reach = rows_in_reach[reach_of(na, nb)];
    const uint32_t all = (1u << nb) - 1;
    uint32_t free_b = all, in_a = 0;

#pragma GCC unroll 16
    for (int i = 0; i < n_rows; i++) {
        const uint32_t here = (uint32_t)((equal[i / 4] & reach[i / 4]) >> (16 * (i % 4))) & free_b;

        free_b ^= lowest(here);
        in_a |= (uint32_t)(here != 0) << i;
    }
    return (struct taken){in_a, all ^ free_b};
}

/* The k-th taken letter of a stands against the k-th taken letter of b. */
static inline unsigned count_moved(const char *a, uint32_t in_a, const char *b, uint32_t in_b)
{
    unsigned n = 0;

    for (; in_a != 0; in_a &= in_a - 1, in_b &= in_b - 1)
        n += a[__builtin_ctz(in_a)] != b[__builtin_ctz(in_b)];
    return n;
}

/* More than sixteen letters, in one or in both: all of b in one step for each letter of a. */
__attribute__((target("avx2,bmi,bmi2,popcnt"))) static double jw32_long(const char *a, size_t na, const char *b, size_t nb)
{
    const __m256i vb = _mm256_loadu_si256((const __m256i *)b);
    const uint32_t all = nb == MOST ? ~0u : (1u << nb) - 1;
    const size_t reach = reach_of(na, nb);
    uint64_t window = (((uint64_t)1 << (2 * reach + 1)) - 1) << 16; /* the places in reach of letter i stand from bit 16 + reach */
    uint32_t in_a = 0, free_b = all;

    for (size_t i = 0; i < na; i++, window <<= 1) {
        const uint32_t equal = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(vb, _mm256_set1_epi8(a[i])));
        const uint32_t here = equal & free_b & (uint32_t)(window >> (16 + reach));

        free_b ^= lowest(here);
        in_a |= (uint32_t)(here != 0) << i;
    }
    return winkler_of(jaro_of((unsigned)__builtin_popcount(in_a), count_moved(a, in_a, b, all ^ free_b), na, nb), a, b, na < nb ? na : nb);
}

/* ---- AVX2: two letters of a against sixteen of b in one step ---- */

__attribute__((target("avx2,bmi,bmi2,popcnt"))) static inline uint64_t four_rows_avx2(__m256i va, __m256i vb, int i)
{
    const __m256i two = _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_set1_epi8((char)i)), _mm_set1_epi8((char)(i + 1)), 1);
    const __m256i next = _mm256_add_epi8(two, _mm256_set1_epi8(2));
    const uint32_t low = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(vb, _mm256_shuffle_epi8(va, two)));
    const uint32_t high = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(vb, _mm256_shuffle_epi8(va, next)));

    return (uint64_t)high << 32 | low;
}

__attribute__((target("avx2,bmi,bmi2,popcnt"))) static inline uint64_t bytes_of(uint32_t bits)
{
    return _pdep_u64(bits, ones) * 255;
}

/* The taken letters of sixteen, one after the other. */
__attribute__((target("avx2,bmi,bmi2,popcnt"))) static inline unsigned __int128 together_avx2(const char *p, uint32_t in)
{
    const uint64_t low = _pext_u64(eight_at(p), bytes_of(in & 255)), high = _pext_u64(eight_at(p + 8), bytes_of(in >> 8));

    return (unsigned __int128)high << (8 * __builtin_popcount(in & 255)) | low;
}

__attribute__((target("avx2,bmi,bmi2,popcnt"))) static double jw32_avx2(const char a[32], size_t na, const char b[32], size_t nb)
{
    na = na > MOST ? MOST : na;
    nb = nb > MOST ? MOST : nb;
    if (na == 0 || nb == 0)
        return na == nb;
    if (na > MIDDLE || nb > MIDDLE)
        return jw32_long(a, na, b, nb);
    const __m256i va = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)a));
    const __m256i vb = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)b));
    uint64_t equal[4] = {four_rows_avx2(va, vb, 0), four_rows_avx2(va, vb, 4)};
    struct taken t;
    unsigned n_moved;

    if (na <= SHORT) {
        t = take(equal, na, nb, SHORT);
    } else if (na <= SHORT + 4) {
        equal[2] = four_rows_avx2(va, vb, 8);
        t = take(equal, na, nb, SHORT + 4);
    } else {
        equal[2] = four_rows_avx2(va, vb, 8);
        equal[3] = four_rows_avx2(va, vb, 12);
        t = take(equal, na, nb, MIDDLE);
    }
    if (na <= SHORT && nb <= SHORT) {
        n_moved = count_tops(not_zero(_pext_u64(eight_at(a), bytes_of(t.in_a)) ^ _pext_u64(eight_at(b), bytes_of(t.in_b))));
    } else {
        const unsigned __int128 apart = together_avx2(a, t.in_a) ^ together_avx2(b, t.in_b);

        n_moved = count_tops(not_zero((uint64_t)apart)) + count_tops(not_zero((uint64_t)(apart >> 64)));
    }
    return winkler_of(jaro_of((unsigned)__builtin_popcount(t.in_a), n_moved, na, nb), a, b, na < nb ? na : nb);
}

/* ---- AVX-512: four letters of a against sixteen of b in one step; what is taken is put together by one instruction ---- */

#define WIDE "avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt"

__attribute__((target(WIDE))) static inline uint64_t four_rows_wide(__m512i va, __m512i vb, int i)
{
    const __m512i lanes = _mm512_set_epi64(0x0303030303030303, 0x0303030303030303, 0x0202020202020202, 0x0202020202020202, 0x0101010101010101,
                                           0x0101010101010101, 0, 0);

    return _mm512_cmpeq_epi8_mask(vb, _mm512_shuffle_epi8(va, _mm512_add_epi8(lanes, _mm512_set1_epi8((char)i))));
}

__attribute__((target(WIDE))) static double jw32_wide(const char a[32], size_t na, const char b[32], size_t nb)
{
    na = na > MOST ? MOST : na;
    nb = nb > MOST ? MOST : nb;
    if (na == 0 || nb == 0)
        return na == nb;
    if (na > MIDDLE || nb > MIDDLE)
        return jw32_long(a, na, b, nb);
    const __m128i xa = _mm_loadu_si128((const __m128i *)a), xb = _mm_loadu_si128((const __m128i *)b);
    const __m512i va = _mm512_broadcast_i32x4(xa), vb = _mm512_broadcast_i32x4(xb);
    uint64_t equal[4] = {four_rows_wide(va, vb, 0), four_rows_wide(va, vb, 4)};
    struct taken t;

    if (na <= SHORT) {
        t = take(equal, na, nb, SHORT);
    } else {
        equal[2] = four_rows_wide(va, vb, 8);
        equal[3] = four_rows_wide(va, vb, 12);
        t = take(equal, na, nb, MIDDLE);
    }
    const __m128i of_a = _mm_maskz_compress_epi8((__mmask16)t.in_a, xa), of_b = _mm_maskz_compress_epi8((__mmask16)t.in_b, xb);
    const unsigned n_moved = (unsigned)__builtin_popcount(_mm_cmpneq_epi8_mask(of_a, of_b));

    return winkler_of(jaro_of((unsigned)__builtin_popcount(t.in_a), n_moved, na, nb), a, b, na < nb ? na : nb);
}

/* The first Zens take a hundred steps for one pext: plain words are faster there. */
static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt") &&
           !__builtin_cpu_is("amdfam17h");
}

static bool has_wide(void)
{
    return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2");
}
#endif

int people_jw32_paths(struct people_jw_path out[PEOPLE_JW_PATHS])
{
    int n = 0;

#if defined(__x86_64__)
    if (has_wide())
        out[n++] = (struct people_jw_path){"avx512", jw32_wide};
    if (has_avx2())
        out[n++] = (struct people_jw_path){"avx2", jw32_avx2};
#endif
    out[n++] = (struct people_jw_path){"portable", people_jw32_portable};
    return n;
}

people_jw_fn people_jw32(void)
{
    struct people_jw_path paths[PEOPLE_JW_PATHS];

    people_jw32_paths(paths);
    return paths[0].of;
}

struct people_letters people_letters_of(const char text[32], size_t n)
{
    struct people_letters l = {.n = (uint8_t)(n > MOST ? MOST : n)};

    for (int i = 0; i < l.n; i++) {
        const uint64_t once = (uint64_t)1 << 2 * (text[i] & 31), two = once << 1;

        l.more += (l.twice & two) != 0;
        l.twice |= (l.twice & once) != 0 ? two : once;
        if (i < 4)
            l.head |= (uint32_t)(unsigned char)text[i] << (8 * i);
    }
    return l;
}

/* Jaro is (m / na + m / nb + 1) / 3 at most; Winkler adds a tenth of the rest for each first letter, above 0.7 only. One 4096th
 * less than asked, so that what just reaches the level is never refused. */
struct people_bar people_bar_of(double level)
{
    struct people_bar bar;

    for (int k = 0; k <= 4; k++) {
        const double jaro = (level - 0.1 * k) / (1 - 0.1 * k), least = jaro >= 0.7 ? jaro : level < 0.7 ? level : 0.7;

        bar.of_head[k] = least <= 1.0 / 3 ? 0 : (uint32_t)((3 * least - 1) * 4096) - 1;
    }
    return bar;
}
