#!/usr/bin/env bash
# Waiting for tasks on a cluster from a program that keeps its Dask client to itself: Client(address, set_as_default=False), as a
# library or a studio with a window should (distributed 2026.8.0, Python 3.11).
# Guess:   a future knows the client that made it (result(), cancel() and client.gather work), so wait(futures) and as_completed(futures),
#          which are given nothing else, find it there; inside "with Client(...)" all the more.
# Happens: both ask for the default client and raise "No clients found", inside the with block too. With another client as the default the very
#          same calls work, on futures that are not its own: a test that has one somewhere hides it. Ways out: client.gather, client.as_current()
#          around the call, or future.add_done_callback.
# Source:  distributed/client.py (wait, _as_completed's event loop and default_client); the documentation of set_as_default does not name them.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q distributed==2026.8.0
cd "$dir"
cat > ask.py <<'PY'
import sys
from contextlib import nullcontext

from distributed import Client, LocalCluster, as_completed, wait


def outcome(call):
    try:
        return call()
    except ValueError as error:
        return str(error).splitlines()[0]


def ask(client, around):
    futures = [client.submit(abs, -number, pure=False) for number in range(3)]
    with around:
        return {
            "gather": outcome(lambda: client.gather(futures)),
            "wait": outcome(lambda: len(wait(futures).done)),
            "as_completed": outcome(lambda: len(list(as_completed(futures)))),
        }


if __name__ == "__main__":
    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0") as cluster:
        address = cluster.scheduler_address
        with Client(address, set_as_default=False) as own:
            alone, current = ask(own, nullcontext()), ask(own, own.as_current())
            with Client(address):
                beside = ask(own, nullcontext())
    for name, seen in (("its own client only", alone), ("inside as_current()", current), ("another client is the default", beside)):
        print(f"{name}: {seen}")
    works, fails = {"gather": [0, 1, 2], "wait": 3, "as_completed": 3}, "No clients found"
    same = current == works and beside == works and alone == {"gather": [0, 1, 2], "wait": fails, "as_completed": fails}
    sys.exit(0 if same else "the behaviour changed")
PY
venv/bin/python ask.py 2>/dev/null
