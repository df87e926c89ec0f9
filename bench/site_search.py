"""The search of the website in a real Chromium: from a word typed to the hits shown, with thousands of stories.

python bench/site_search.py [STORIES]

The site is the studio's own, exported by the command; the index of the search is made by the
studio from many stories of 400 words, spread as in a language. Chromium gets it from a server on this machine. The peer
is what a simple static site does: one file with all texts, loaded completely and searched.
"""

from __future__ import annotations

import functools
import http.server
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.window import WORDS, vocabulary
from studio.export.website.site_search import MOST_PIECES, index_files

HARNESS = """
<script>
(async function () {
  var words = %s, field = document.getElementById("kata"), root = document.documentElement, own = [], peer = [];
  var loads = [];
  performance.setResourceTimingBufferSize(100000);
  function until() { return new Promise(function (done) {
    var turn = root.dataset.cari;
    new MutationObserver(function (_, watch) { if (root.dataset.cari !== turn) { watch.disconnect(); done(); } })
      .observe(root, {attributes: true}); }); }
  for (var word of words) {
    var begun = performance.now(), shown = until();
    field.value = word; field.dispatchEvent(new Event("input")); await shown;
    document.getElementById("hasil").getBoundingClientRect();
    own.push([performance.now() - begun, document.querySelectorAll("#hasil li").length]);
    var loaded = performance.getEntriesByType("resource").filter(function (one) { return one.startTime >= begun; });
    loads.push(loaded.reduce(function (sum, one) { return sum + one.encodedBodySize; }, 0));
  }
  var all = null;
  for (var word of words) {
    var begun = performance.now();
    if (!all) { all = await (await fetch("semua.json")).json(); }
    var hits = all.filter(function (story) { return story.i.toLowerCase().indexOf(word) >= 0; });
    peer.push([performance.now() - begun, hits.length]);
  }
  await fetch("/hasil", {method: "POST", body: JSON.stringify([own, peer, loads])});
})();
</script></body>"""


class BenchServer(http.server.SimpleHTTPRequestHandler):
    """Serves the site; what the page measured comes back as a POST."""

    measured: list[list[list[float]]]
    answered: threading.Event

    def do_POST(self) -> None:
        BenchServer.measured = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(204)
        self.end_headers()
        BenchServer.answered.set()

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


def make_site(scratch: Path, stories: int) -> tuple[Path, list[str]]:
    """The site of the samples with the index of many stories; its folder, and words to search for."""
    from studio.store.workspace import create_workspace
    from studio.story.model import Group, Story

    workspace, site = scratch / "KIM", scratch / "situs"
    with create_workspace(workspace, Group(name="KIM Uji", village="Sukamaju")) as opened:
        body = "Warga bekerja bakti.\n\nPekerjaan selesai sore hari."
        opened.add(Story(id="", headline="Warga bekerja bakti", date="2026-11-22", body=body, status="published"))
    site_run = [sys.executable, "-m", "studio", "export", str(workspace), "--site", "--out", str(site)]
    subprocess.run(site_run, cwd=ROOT, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    home = next(site.rglob("cari.html")).parent
    chance, words = random.Random(2), vocabulary()
    # Zipf's law: in real texts the second word is half as common as the first, which is what makes an index uneven.
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    entries = [
        {
            "u": f"berita-{number}/artikel.html",
            "j": " ".join(chance.choices(words, weights, k=8)).capitalize(),
            "r": " ".join(chance.choices(words, weights, k=25)).capitalize(),
            "d": "22 November 2026",
            "t": " ".join(chance.choices(WORDS, k=3)),
            "i": " ".join(chance.choices(words, weights, k=400)),
        }
        for number in range(stories)
    ]
    shutil.rmtree(home / "cari", ignore_errors=True)
    (home / "cari").mkdir()
    told, files = index_files(entries)
    for name, content in files:
        (home / name).write_text(content, encoding="utf-8")
    script = (home / "cari.js").read_text(encoding="utf-8")
    known = f"STARTS = {json.dumps(told.starts)}, BROAD = {json.dumps(told.broad)};"
    script = re.sub(r"STARTS = \[.*?\], BROAD = \[.*?\];", lambda _: known, script)
    (home / "cari.js").write_text(script, encoding="utf-8")
    (home / "semua.json").write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    asked = [
        *words[:10],
        *words[500:510],
        *words[3000:3010],
        "war",
        "m",
        "pe",
        "gotong royong",
        "saluran irigasi sawah",
    ]
    return home, asked


def main(stories: int) -> None:
    with tempfile.TemporaryDirectory(prefix="kim-bench-") as name:
        home, asked = make_site(Path(name), stories)
        page = home / "cari.html"
        text = page.read_text(encoding="utf-8")
        (home / "ukur.html").write_text(text.replace("</body>", HARNESS % json.dumps(asked)), encoding="utf-8")
        BenchServer.answered = threading.Event()
        handler = functools.partial(BenchServer, directory=str(home))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/ukur.html"
        # Root in a container has no sandbox to use; a profile of its own keeps caches of earlier runs out.
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={name}/profile"]
        browser = subprocess.Popen(
            ["chromium", *options, address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            if not BenchServer.answered.wait(120):
                raise SystemExit("Chromium did not answer")
        finally:
            browser.terminate()
            browser.wait()
            server.shutdown()
        sizes = [path.stat().st_size for path in (home / "cari").glob("[kp]*.js")]
        every = sum(path.stat().st_size for path in (home / "cari").iterdir())
        print(f"{stories} stories of 400 words; {len(sizes)} pieces of {statistics.median(sizes) / 1000:.0f} kB,")
        print(f"at most {MOST_PIECES} for a word; all of the index {every / 1e6:.1f} MB,")
        print(f"what the page needs first {(home / 'cari.js').stat().st_size / 1000:.0f} kB")
        print("| | first | median | slowest | loaded at most for a search |\n| --- | ---: | ---: | ---: | ---: |")
        whole = (home / "semua.json").stat().st_size
        for title, found, loaded in zip(
            ("KIM Studio", "one file of all texts"),
            BenchServer.measured[:2],
            (max(BenchServer.measured[2]), whole),
            strict=True,
        ):
            spent = [ms for ms, _ in found]
            middle = statistics.median(spent)
            print(f"| {title} | {spent[0]:.0f} ms | {middle:.0f} ms | {max(spent):.0f} ms | {loaded / 1000:.0f} kB |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
