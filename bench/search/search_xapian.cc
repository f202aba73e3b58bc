// search_xapian.cc - Xapian: Italian stems, a term for the category, the distance and the hours looked at
// document by document, nearest first.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>
#include <xapian.h>

// What search_seed.h says, for C++: its headers are C alone.
struct str {
    const char *p;
    size_t n;
};
struct rival_document {
    int64_t id;
    str text;
    double lat, lon;
    int category, pattern;
};
struct rival_question {
    str words;
    double lat, lon;
    int category;
};

namespace {

std::unique_ptr<Xapian::WritableDatabase> writing;
std::unique_ptr<Xapian::Database> reading;
std::vector<bool> open_patterns;
const Xapian::Stem stem("it");

std::string category_term(int category)
{
    return "XC" + std::to_string(category);
}

class near_and_open : public Xapian::MatchDecider {
    Xapian::LatLongCoords from;
    Xapian::GreatCircleMetric metric;

public:
    explicit near_and_open(const Xapian::LatLongCoord &c) { from.append(c); }
    bool operator()(const Xapian::Document &d) const override
    {
        Xapian::LatLongCoords to;

        if (!open_patterns[static_cast<size_t>(Xapian::sortable_unserialise(d.get_value(1)))])
            return false;
        to.unserialise(d.get_value(0));
        return metric(from, to) <= 10000;
    }
};

} // namespace

extern "C" void xapian_open(const char *folder, const bool *is_open, int n)
{
    open_patterns.assign(is_open, is_open + n);
    writing = std::make_unique<Xapian::WritableDatabase>(std::string(folder) + "/xapian", Xapian::DB_CREATE_OR_OVERWRITE);
}

extern "C" void xapian_add(const rival_document *s)
{
    Xapian::Document d;
    Xapian::TermGenerator g;

    g.set_stemmer(stem);
    g.set_document(d);
    g.index_text(std::string(s->text.p, s->text.n));
    d.add_boolean_term(category_term(s->category));
    d.add_value(0, Xapian::LatLongCoord(s->lat, s->lon).serialise());
    d.add_value(1, Xapian::sortable_serialise(s->pattern));
    writing->replace_document(static_cast<Xapian::docid>(s->id), d);
}

extern "C" void xapian_ready(const char *folder)
{
    writing->commit();
    writing.reset();
    reading = std::make_unique<Xapian::Database>(std::string(folder) + "/xapian");
}

extern "C" int xapian_ask(const rival_question *q, int64_t *ids)
{
    Xapian::QueryParser parser;
    Xapian::Enquire enquire(*reading);
    const Xapian::LatLongCoord from(q->lat, q->lon);
    const near_and_open decider(from);
    Xapian::LatLongCoords centre(from);
    Xapian::LatLongDistanceKeyMaker by_distance(0, centre);
    int n = 0;

    parser.set_stemmer(stem);
    parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
    parser.set_default_op(Xapian::Query::OP_AND);
    enquire.set_query(Xapian::Query(Xapian::Query::OP_FILTER, parser.parse_query(std::string(q->words.p, q->words.n)),
                                    Xapian::Query(category_term(q->category))));
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.set_sort_by_key(&by_distance, false);
    const Xapian::MSet found = enquire.get_mset(0, 20, reading->get_doccount(), nullptr, &decider);

    for (auto i = found.begin(); i != found.end(); ++i)
        ids[n++] = *i;
    return static_cast<int>(found.get_matches_estimated());
}

extern "C" void xapian_close()
{
    reading.reset();
}
