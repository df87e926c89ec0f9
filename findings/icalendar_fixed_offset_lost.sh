#!/usr/bin/env bash
# A meeting at 08:00 +07:00 (an ISO time as a form or `datetime.fromisoformat` gives it) written with icalendar (7.3.2) and read again.
# Guess:   an aware moment stays that moment: the file has "...Z", or a VTIMEZONE with the offset, at the latest after add_missing_timezones().
# Happens: it is written as 08:00 with TZID="UTC+07:00" (a named fixed zone: TZID=WIB) and no VTIMEZONE, also after add_missing_timezones(),
#          and without an error; icalendar itself reads a naive 08:00 back: the seven hours are gone. RFC 5545, 3.2.19, asks for the VTIMEZONE.
#          A ZoneInfo of the same offset keeps them: its VTIMEZONE is added.
# Source:  icalendar 7.3.2: timezone/tzid.py falls back to tzname(); cal/calendar.py passes over zones it has no table for. Seen by reading back.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q icalendar==7.3.2 tzdata==2026.6
"$dir/venv/bin/python" - <<'PY'
import sys
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event


def written_and_read(zone):
    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//example//EN")
    calendar.add("version", "2.0")
    event.add("uid", "1@example.org")
    event.add("dtstamp", datetime(2026, 11, 30, tzinfo=UTC))
    event.add("dtstart", datetime(2026, 12, 1, 8, 0, tzinfo=zone))
    calendar.add_component(event)
    calendar.add_missing_timezones()
    lines = calendar.to_ical().decode().splitlines()
    start = next(line for line in lines if line.startswith("DTSTART;") and "2026" in line)
    (again,) = Calendar.from_ical(calendar.to_ical()).walk("VEVENT")
    return start, "BEGIN:VTIMEZONE" in lines, again["dtstart"].dt.utcoffset()


seen = []
for name, zone in (
    ("fixed +07:00", timezone(timedelta(hours=7))),
    ("fixed +07:00 named WIB", timezone(timedelta(hours=7), "WIB")),
    ("ZoneInfo Asia/Jakarta", ZoneInfo("Asia/Jakarta")),
):
    start, defined, offset = written_and_read(zone)
    print(f"{name}: {start}; VTIMEZONE {'there' if defined else 'missing'}; offset read back: {offset}")
    seen.append((defined, offset))
expected = [(False, None), (False, None), (True, timedelta(hours=7))]
sys.exit(0 if seen == expected else "the behaviour changed")
PY
