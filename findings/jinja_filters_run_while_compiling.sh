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
venv/bin/python - <<'PY'
import sys

import jinja2

SOURCE = "{{ 'Balai desa' | fit }}|{{ name | fit }}|{{ 'Balai desa' | fit_here }}|{{ 'Balai desa' is short }}"
room, calls = [5], []


def fit(words):
    calls.append(words)
    return words[: room[0]]


@jinja2.pass_context
def fit_here(context, words):
    return words[: room[0]]


def renderings(rooms, **options):
    environment = jinja2.Environment(loader=jinja2.DictLoader({"post": SOURCE}), **options)
    environment.filters.update(fit=fit, fit_here=fit_here)
    environment.tests["short"] = lambda words: len(words) <= room[0]
    calls.clear()
    for room[0] in rooms:
        yield environment.get_template("post").render(name="Balai desa")


cache = jinja2.FileSystemBytecodeCache("cache")
short, whole = "Balai|Balai|Balai|False", "Balai|Balai desa|Balai desa|False"
expected = {"compiled with room 5": ([short, whole], 3), "from the cache": ([whole, short], 2), "optimized=False": ([short, whole], 3)}
seen = {
    "compiled with room 5": (list(renderings((5, 99), bytecode_cache=cache)), len(calls)),
    "from the cache": (list(renderings((99, 5), bytecode_cache=cache)), len(calls)),
    "optimized=False": (list(renderings((5, 99), optimized=False)), len(calls)),
}
for name, (lines, count) in seen.items():
    print(f"{name}: {lines}, the filter was called {count} times")
sys.exit(0 if seen == expected else "the behaviour changed")
PY
