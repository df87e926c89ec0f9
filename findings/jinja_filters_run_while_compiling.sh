#!/usr/bin/env bash
# A filter that looks at what the present rendering is about (who reads, which limit, what hour it is), in a Jinja2 3.1.6 template, applied to
# words that stand in the template: {{ 'Balai desa' | fit }}.
# Guess:   a filter of the environment is called whenever the template is rendered, be its input a variable or a constant.
# Happens: with a constant it is called once, while the template is compiled, and its answer becomes part of the code: every later rendering, and
#          every process that loads it from a bytecode cache, shows what was right for the first. The same goes for tests ("is short").
#          Nothing warns, and optimized=False does not keep from it. Only a filter marked pass_context is called each time.
# Source:  visit_Output in jinja2/compiler.py and _FilterTestCommon.as_const in jinja2/nodes.py (pass_context keeps from folding).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q jinja2==3.1.6
cd "$dir"
mkdir cache
cat > fill.py <<'PY'
import sys

import jinja2

ROOM = [10]
CALLS = []


def fit(words):
    CALLS.append(words)
    return words[: ROOM[0]]


@jinja2.pass_context
def fit_here(context, words):
    return words[: ROOM[0]]


def is_short(words):
    return len(words) <= ROOM[0]


SOURCE = "{{ 'Balai desa Sukamaju' | fit }}|{{ name | fit }}|{{ 'Balai desa Sukamaju' | fit_here }}|{{ 'Balai desa Sukamaju' is short }}"


def renderings(rooms, **options):
    environment = jinja2.Environment(loader=jinja2.DictLoader({"post": SOURCE}), **options)
    environment.filters.update(fit=fit, fit_here=fit_here)
    environment.tests["short"] = is_short
    CALLS.clear()
    for room in rooms:
        ROOM[0] = room
        yield environment.get_template("post").render(name="Balai desa Sukamaju")


cache = jinja2.FileSystemBytecodeCache("cache")
seen = {
    "rooms 10, 99, 5": (list(renderings((10, 99, 5), bytecode_cache=cache)), len(CALLS)),
    "rooms 99 and 5, from the cache": (list(renderings((99, 5), bytecode_cache=cache)), len(CALLS)),
    "rooms 10, 5, optimized=False": (list(renderings((10, 5), optimized=False)), len(CALLS)),
}
for name, (lines, calls) in seen.items():
    print(f"{name}: {lines}, the filter was called {calls} times")
whole = "Balai desa Sukamaju"
expected = [
    (["Balai desa|Balai desa|Balai desa|False", f"Balai desa|{whole}|{whole}|False", "Balai desa|Balai|Balai|False"], 4),
    ([f"Balai desa|{whole}|{whole}|False", "Balai desa|Balai|Balai|False"], 2),
    (["Balai desa|Balai desa|Balai desa|False", "Balai desa|Balai|Balai|False"], 3),
]
sys.exit(0 if list(seen.values()) == expected else "the behaviour changed")
PY
venv/bin/python fill.py
