"""stages.py - the table of what ./check runs, in order."""
import collections

import stages_code as code
import stages_house as house

Stage = collections.namedtuple("Stage", "name quick run what")

STAGES = (
    Stage("build", True, code.build, "the program and its tests, warnings as errors"),
    Stage("deps", True, code.deps, "floors, Uses and Owns, sizes, names"),
    Stage("sqlite", True, code.sqlite, "tests beside the code, on SQLite"),
    Stage("postgres", False, code.postgres, "the same on PostgreSQL"),
    Stage("promises", True, house.promises, "headers alone, words, documents, paths"),
    Stage("exchange", False, house.exchange, "portals that keep each other fresh"),
    Stage("shapes", True, house.shapes, "malformed requests over a socket"),
    Stage("asan", False, code.asan, "the tests under ASan and UBSan"),
    Stage("tsan", False, code.tsan, "the tests under TSan"),
    Stage("fuzz", False, code.fuzz, "each fuzz target for a few seconds"),
    Stage("proxy", False, house.proxy, "the recipe of nginx, the units of systemd"),
    Stage("kill", False, house.kill, "kill -9 and restart, 50 times, under writes"),
    Stage("slow", False, house.slow, "990 slow connections and a good one"),
    Stage("powercut", False, house.powercut, "200 power cuts under writes"),
    Stage("commands", False, house.commands, "./run in a copy; a slice made and taken away"),
    Stage("ui", False, house.ui, "ui/dist built again, byte by byte"),
    Stage("browser", False, house.browser, "journeys, accessibility, HTML, Lighthouse"),
)
