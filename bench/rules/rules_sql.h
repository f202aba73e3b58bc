/* rules_sql.h - the same rules as SQL, for databases to be compared with. */
#pragma once
#include "base/buf.h"
#include "features/rules/rules_population.h"

enum rules_sql_engine { SQL_SQLITE, SQL_DUCKDB };

/* SELECT yes, total: how many are served and the sum of their amounts in cents, over tables h (id, facts of households)
 * and m (h, pos, facts of persons). False: the text asks something inside its members that this does not write. */
bool rules_sql(struct buf *b, const struct rules *r, const struct rules_facts *f, int amount, enum rules_sql_engine engine);
