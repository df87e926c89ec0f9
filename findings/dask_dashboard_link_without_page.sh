#!/usr/bin/env bash
# Printing the address of a cluster's dashboard, distributed 2026.8.0.
# Guess:   Client.dashboard_link is empty, or raises, where the scheduler was started without a dashboard or Bokeh is not installed; an address
#          that it names can be opened.
# Happens: with dashboard=False, and without Bokeh, it names an address with /status all the same, and that page answers 404. Only the
#          scheduler itself knows: its http_application.applications is empty then.
# Source:  distributed 2026.8.0, Client.dashboard_link, Scheduler.http_application; installed without bokeh.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q distributed==2026.8.0
cd "$dir"
"$dir/venv/bin/python" - 2>/dev/null <<'PY'
import asyncio
import sys
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

from distributed import Client, Scheduler


def status_of(link):
    """Code of the answer to a request of this machine to itself."""
    try:
        return build_opener(ProxyHandler({})).open(link, timeout=20).status
    except HTTPError as error:
        return error.code


async def seen():
    async with Scheduler(host="127.0.0.1", port=0, dashboard=False, dashboard_address="127.0.0.1:0") as scheduler:
        async with Client(scheduler.address, asynchronous=True) as client:
            link = client.dashboard_link
            code = await asyncio.to_thread(status_of, link)
            applications = getattr(getattr(scheduler, "http_application", None), "applications", [])
            return link, code, len(applications)


link, code, applications = asyncio.run(seen())
print("the link ends with", link.rsplit("/", 1)[-1], "- answer:", code, "- applications of the scheduler:", applications)
sys.exit(0 if link.endswith("/status") and code == 404 and applications == 0 else "the behaviour changed")
PY
