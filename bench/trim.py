"""Trimming alone: 45 of 60 s kept, ``kim-studio trim`` beside encoding the same pieces again with one ffmpeg command.

    python bench/trim.py [--folder DIR] [--rounds N]

A 1280x720 clip with noise and a tone, a keyframe every two seconds, in H.264 and HEVC; two pieces that begin and end
between keyframes. Both sides are whole processes, start counted, taking turns; x264 veryfast CRF 21 and x265 ultrafast
CRF 23 encode again. Each result is decoded and compared with the original, picture by picture.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from studio.video.binary import ffmpeg_path

CUTS = ((3.3, 25.1), (31.7, 54.9))
CODECS = {
    "H.264": (
        ("-c:v", "libx264", "-preset", "veryfast", "-x264-params", "keyint=60:scenecut=0:bframes=2"),
        ("-c:v", "libx264", "-preset", "veryfast", "-crf", "21"),
    ),
    "HEVC": (
        ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:keyint=60:scenecut=0:open-gop=0"),
        ("-c:v", "libx265", "-preset", "ultrafast", "-crf", "23", "-x265-params", "log-level=none"),
    ),
}


def cpu_of(*command: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def made_clip(path: Path, codec: tuple[str, ...]) -> Path:
    if not path.exists():
        picture = ("-f", "lavfi", "-i", "testsrc2=s=1280x720:r=30:d=60,noise=alls=6:allf=t,format=yuv420p")
        sound = ("-f", "lavfi", "-i", "sine=440:d=60")
        cpu_of(ffmpeg_path(), "-v", "error", "-y", *picture, *sound, *codec, "-c:a", "aac", str(path))
    return path


def again(source: Path, out: Path, codec: tuple[str, ...]) -> float:
    chains, joined = [], ""
    for number, (start, end) in enumerate(CUTS):
        chains.append(f"[0:v]trim={start}:{end},setpts=PTS-STARTPTS[v{number}]")
        chains.append(f"[0:a]atrim={start}:{end},asetpts=PTS-STARTPTS[a{number}]")
        joined += f"[v{number}][a{number}]"
    graph = ";".join([*chains, f"{joined}concat=n={len(CUTS)}:v=1:a=1[v][a]"])
    args = ("-filter_complex", graph, "-map", "[v]", "-map", "[a]", *codec, "-c:a", "aac", str(out))
    return cpu_of(ffmpeg_path(), "-v", "error", "-y", "-i", str(source), *args)


def identical(source: Path, out: Path) -> tuple[int, int]:
    """How many pictures of the result are the original's, to the last bit, at their place; and how many there are."""
    import av

    wanted = [number for start, end in CUTS for number in range(round(start * 30), round(end * 30))]
    kept, same = set(wanted), 0
    with av.open(str(source)) as container:
        hashes = {at: hash(bytes(f.planes[0])) for at, f in enumerate(container.decode(video=0)) if at in kept}
    with av.open(str(out)) as container:
        found = [hash(bytes(frame.planes[0])) for frame in container.decode(video=0)]
    for number, value in zip(wanted, found, strict=True):
        same += hashes[number] == value
    return same, len(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "kim-trim")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    print("| codec | trim CPU s | encoding again CPU s | ratio | pictures as they were |\n|---|---|---|---|---|")
    for name, (codec, encoder) in CODECS.items():
        source = made_clip(options.folder / f"{name}.mp4", codec)
        out, other = options.folder / "out.mp4", options.folder / "again.mp4"
        cuts = [word for start, end in CUTS for word in ("--cut", f"{start}-{end}")]
        costs = []
        for _ in range(options.rounds):
            out.unlink(missing_ok=True)
            ours = cpu_of(sys.executable, "-m", "studio", "trim", str(source), *cuts, "-o", str(out))
            costs.append((ours, again(source, other, encoder)))
        same, count = identical(source, out)
        ratio = median(ours / theirs for ours, theirs in costs)
        trim, full = (median(each) for each in zip(*costs, strict=True))
        print(f"| {name} | {trim:.1f} | {full:.1f} | **{ratio:.3f}** | {same} of {count} |", flush=True)


if __name__ == "__main__":
    main()
