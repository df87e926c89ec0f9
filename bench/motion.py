"""Moving cards: ours, the same card as one ffmpeg graph, and MoviePy's own compositing, taking turns.

python bench/motion.py [--rounds 3] [--seconds 6] [--still]

A title of 1080x1920 at 30 frames a second: a photo that comes slowly closer under a scrim, a kicker on its plate, four
lines of a headline, a bar, place and credit, each coming in by itself. All three get the same painted parts, move them
by the same rules and encode with the same arguments (``zoompan`` only steps by full pixels, which is seen). With
``--still`` the photo stands still. CPU of a process and its children, imports included.
"""

from __future__ import annotations

import argparse
import json
import pickle
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if TYPE_CHECKING:
    from moviepy import VideoClip

    from studio.paint.moving_parts import PartedPicture

SIZE, FPS = (1080, 1920), 30
ENTER, STAGGER, RISE, SLIDE, DRIFT = 0.5, 0.12, 32, 98, 0.06
JOBS = ("ours", "graph", "moviepy")
HEADLINE = "Warga Sukamaju gotong royong perbaiki saluran irigasi sepanjang 120 meter"


def prepare(folder: Path, seconds: float, *, still: bool) -> None:
    """Paint the parts once, for all three: as pixels and as PNG."""
    from msgspec.structs import replace as with_fields
    from PIL import Image

    from studio.base.i18n import MessageTexts
    from studio.base.paths import assets_dir, templates_dir
    from studio.base.progress import SilentProgress
    from studio.demo.sample import make_sample
    from studio.export.planning.export_tasks import MotionTask
    from studio.export.planning.story_plan import plan_story
    from studio.export.rendering.motion_videos import part_scene
    from studio.posts.catalog import load_catalog
    from studio.posts.render_context import RenderContext
    from studio.story.motion_records import MotionCard

    with make_sample(folder / "w", SilentProgress()) as workspace:
        name = next(each for each in workspace.story_folders() if "irigasi" in each)
        press = RenderContext(load_catalog(templates_dir(), workspace.templates_dir))
        story = with_fields(workspace.load(name), headline=HEADLINE, motion=MotionCard())
        texts = MessageTexts(assets_dir() / "messages", "id")
        plan = plan_story(workspace, name, story, press, [press.catalog.outlet("tiktok")], texts)
    task = next(each for each in plan.tasks if isinstance(each, MotionTask))
    parted, _ = part_scene(task.scenes[0], SIZE)
    Image.frombytes("RGB", SIZE, parted.rgb if still else parted.ground).save(folder / "ground.png")
    facts = []
    if not still:
        over = Image.frombytes("RGBa", SIZE, parted.still, "raw", "BGRa").convert("RGBA")
        over.save(folder / "over.png")
    for number, part in enumerate(parted.parts):
        image = Image.frombytes("RGBa", (part.width, part.height), part.pixels, "raw", "BGRa").convert("RGBA")
        box = image.getbbox() or (0, 0, 2, 2)
        image.crop(box).save(folder / f"part-{number}.png")
        facts.append({"x": part.left + box[0], "y": part.top + box[1], "in": part.entrance, "at": number * STAGGER})
    (folder / "facts.json").write_text(json.dumps({"parts": facts, "seconds": seconds, "still": still}))
    (folder / "parted.pickle").write_bytes(pickle.dumps(parted))


def ours(folder: Path, seconds: float, _parts: list[dict[str, Any]], *, still: bool) -> None:
    """The product's engine."""
    from studio.base.progress import SilentProgress
    from studio.export.rendering.motion_videos import moving_scene
    from studio.video.job import EncoderRate
    from studio.video.moving_picture import MovingPicture, encode_picture
    from studio.video.slideshow import sound_input

    parted: PartedPicture = pickle.loads((folder / "parted.pickle").read_bytes())
    picture = MovingPicture([moving_scene(parted, (round(seconds * FPS),), drift=not still)], FPS)
    encode_picture(picture, sound_input(None, seconds), EncoderRate(), folder / "ours.mp4", SilentProgress())


def graph(folder: Path, seconds: float, parts: list[dict[str, Any]], *, still: bool) -> None:
    """One ffmpeg process: each part is an input that fades in and is moved by an expression."""
    from studio.video.binary import ffmpeg_path
    from studio.video.ffmpeg_arguments import encoder_args
    from studio.video.job import EncoderRate

    loop = ["-loop", "1", "-framerate", str(FPS), "-t", str(seconds), "-i"]
    args = [*(loop if still else ["-i"]), str(folder / "ground.png")]
    for number in range(len(parts)):
        args += [*loop, str(folder / f"part-{number}.png")]
    args += ["-f", "lavfi", "-t", str(seconds), "-i", "anullsrc=r=48000:cl=stereo"]
    chains, last = ["[0:v]format=yuv420p,setsar=1[b0]"], "b0"
    if not still:
        args += [*loop, str(folder / "over.png")]
        frames, middle = round(seconds * FPS), "x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2'"
        zoom = f"zoompan=z='1+{DRIFT}*on/{frames}':d={frames}:{middle}:s={SIZE[0]}x{SIZE[1]}:fps={FPS}"
        chains = [f"[0:v]{zoom},format=yuv420p,setsar=1[z]", f"[{len(parts) + 2}:v]format=yuva420p[over]"]
        chains.append("[z][over]overlay[b0]")
    for number, part in enumerate(parts):
        at = part["at"]
        left = f"pow(1-min(1,max(0,(t-{at})/{ENTER})),3)"
        right = f"-{SLIDE}*{left}" if part["in"] == "slide" else "0"
        down = f"{RISE}*{left}" if part["in"] == "rise" else "0"
        chains.append(f"[{number + 1}:v]format=yuva420p,fade=t=in:st={at}:d={ENTER}:alpha=1[p{number}]")
        chains.append(f"[{last}][p{number}]overlay=x='{part['x']}+{right}':y='{part['y']}+{down}'[o{number}]")
        last = f"o{number}"
    sound = ["-map", f"{len(parts) + 1}:a", "-c:a", "aac", "-b:a", "128k"]
    args += ["-filter_complex", ";".join(chains), "-map", f"[{last}]", *sound, *encoder_args(EncoderRate())]
    args += ["-g", str(2 * FPS), "-r", str(FPS), "-t", str(seconds), "-movflags", "+faststart"]
    subprocess.run([ffmpeg_path(), "-v", "error", "-y", *args, str(folder / "graph.mp4")], check=True)


def moviepy(folder: Path, seconds: float, parts: list[dict[str, Any]], *, still: bool) -> None:
    """As MoviePy's guide does it: ``CompositeVideoClip`` of ``ImageClip`` with positions, ``write_videofile``."""
    from moviepy import CompositeVideoClip, ImageClip, vfx

    def placed(number: int, part: dict[str, Any]) -> VideoClip:
        def where(t: float) -> tuple[float, float]:
            left = (1 - min(1.0, t / ENTER)) ** 3
            right = -SLIDE * left if part["in"] == "slide" else 0
            return part["x"] + right, part["y"] + (RISE * left if part["in"] == "rise" else 0)

        clip = ImageClip(str(folder / f"part-{number}.png")).with_start(part["at"])
        return clip.with_duration(seconds - part["at"]).with_position(where).with_effects([vfx.CrossFadeIn(ENTER)])

    ground = [ImageClip(str(folder / "ground.png")).with_duration(seconds)]
    if not still:
        nearer = vfx.Resize(lambda t: 1 + DRIFT * t / seconds)
        ground = [ground[0].with_effects([nearer]).with_position("center")]
        ground.append(ImageClip(str(folder / "over.png")).with_duration(seconds))
    clip = CompositeVideoClip([*ground, *(placed(number, part) for number, part in enumerate(parts))], size=SIZE)
    extra = ["-crf", "21", "-pix_fmt", "yuv420p"]
    target = str(folder / "moviepy.mp4")
    clip.write_videofile(target, fps=FPS, preset="veryfast", ffmpeg_params=extra, logger=None, audio=False)


def measured(job: str, folder: Path) -> tuple[float, float]:
    """CPU seconds and largest process (MB) of one job in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, __file__, "--job", job, "--folder", str(folder)], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    facts = json.loads((folder / f"{job}.json").read_text())
    return cpu, facts["peak"]


def main() -> None:
    """Run one job, or all of them in turns."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--seconds", type=float, default=6.0)
    ask.add_argument("--still", action="store_true")
    ask.add_argument("--job", default="")
    ask.add_argument("--folder", default="")
    said = ask.parse_args()
    if said.job:
        folder = Path(said.folder)
        facts = json.loads((folder / "facts.json").read_text())
        {"ours": ours, "graph": graph, "moviepy": moviepy}[said.job](
            folder, facts["seconds"], facts["parts"], still=facts["still"]
        )
        peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        (folder / f"{said.job}.json").write_text(json.dumps({"peak": peak / 1024}))
        return
    with tempfile.TemporaryDirectory(prefix="kim-motion-") as place:
        folder = Path(place)
        prepare(folder, said.seconds, still=said.still)
        found: dict[str, list[tuple[float, float]]] = {job: [] for job in JOBS}
        for number in range(said.rounds):
            for job in JOBS if number % 2 == 0 else JOBS[::-1]:
                found[job].append(measured(job, folder))
        middle = {job: statistics.median(cpu for cpu, _ in runs) for job, runs in found.items()}
        for job, runs in found.items():
            size = (folder / f"{job}.mp4").stat().st_size / 1000
            print(f"{job:8} {middle[job]:6.2f} CPU s  {max(peak for _, peak in runs):5.0f} MB  {size:6.0f} kB")
        print(f"ours / graph {middle['ours'] / middle['graph']:.2f} (at most 1.5)")
        print(f"moviepy / ours {middle['moviepy'] / middle['ours']:.1f} (at least 4)")


if __name__ == "__main__":
    main()
