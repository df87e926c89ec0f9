"""What ``bench/video.py`` measures: the clips, and the jobs of each engine, one process each.

python bench/video_jobs.py '["ours", "FOLDER", "30", "crop"]'
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from studio.base.progress import SilentProgress
from studio.video.binary import ffmpeg_path

if TYPE_CHECKING:
    from moviepy import VideoClip

    from studio.story.model import Group, Story, Video

START = 7.0
SAID = (
    "Selamat pagi, warga desa.",
    "Hari ini kami bergotong royong.",
    "Saluran irigasi dibersihkan.",
    "Airnya kembali mengalir.",
    "Terima kasih, warga Sukamaju.",
)


def ff(*args: object) -> None:
    subprocess.run([ffmpeg_path(), "-v", "error", "-y", *map(str, args)], check=True)


def phone_clip(folder: Path) -> Path:
    """60 s of 1080p30 at 14 Mbit/s: a pan over texture, moving things, grain, a voice-like sound."""
    path = folder / "phone.mp4"
    if path.exists():
        return path
    import numpy as np
    from PIL import Image

    rng = np.random.default_rng(7)
    total = np.zeros((1350, 2400, 3), np.float32)
    for cells, weight in ((8, 90), (24, 60), (80, 40), (300, 22), (1200, 10)):
        field = rng.random((max(2, cells * 9 // 16), cells, 3), np.float32)
        grown = Image.fromarray((field * 255).astype("uint8")).resize((2400, 1350), Image.Resampling.BICUBIC)
        total += (np.asarray(grown, np.float32) / 255 - 0.5) * 2 * weight
    Image.fromarray(np.clip(128 + total, 0, 255).astype("uint8")).save(folder / "texture.png")
    pan = "crop=1920:1080:'240+200*sin(t/4)+4*sin(t*9)':'135+80*sin(t/6)+4*cos(t*7)'"
    graph = (
        f"[0:v]{pan}[a];[1:v]hue=s=0.6[b];[a][b]overlay=x='1150+120*sin(t/3)':y=300,"
        "noise=alls=6:allf=t,format=yuv420p[v];"
        "[2:a]tremolo=f=4:d=0.8,volume=0.3[s]"
    )
    ff(
        "-loop",
        1,
        "-framerate",
        30,
        "-i",
        folder / "texture.png",
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=480x720:r=30",
        "-f",
        "lavfi",
        "-i",
        "anoisesrc=c=pink:r=48000",
        "-filter_complex",
        graph,
        "-map",
        "[v]",
        "-map",
        "[s]",
        "-t",
        60,
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-bf",
        0,
        "-g",
        60,
        "-b:v",
        "14M",
        "-maxrate",
        "17M",
        "-bufsize",
        "17M",
        "-c:a",
        "aac",
        "-b:a",
        "128k",
        "-movflags",
        "+faststart",
        path,
    )
    return path


def derived(folder: Path, name: str, *args: object) -> Path:
    path = folder / name
    if not path.exists():
        ff(*args, path)
    return path


def story_video(seconds: float, reframe: str) -> tuple[Story, Video, Group]:
    from studio.story.model import Cue, Cut, Group, Story, Video

    step = seconds / len(SAID)
    cues = tuple(Cue(start=START + step * at, end=START + step * (at + 0.8), text=said) for at, said in enumerate(SAID))
    video = Video(
        id="v",
        file="phone.mp4",
        cuts=(Cut(start=START, end=START + seconds),),
        reframe=reframe,
        title="Asep Hidayat",
        title_detail="Kepala Dusun",
        closing_card=False,
        subtitles=cues,
    )
    return Story(id="s"), video, Group(name="KIM Bina Warga")


def job_ours(folder: Path, seconds: float, reframe: str) -> None:
    from studio.export.planning.video_specs import ClipInputs, VideoTarget
    from studio.export.rendering.clip_videos import make_video

    story, video, group = story_video(seconds, reframe)
    target = VideoTarget((1080, 1920))
    make_video(
        ClipInputs(folder / "phone.mp4", story, video, group, folder / "work"),
        target,
        folder / "ours.mp4",
        SilentProgress(),
    )


def overlays(folder: Path) -> list[Path]:
    """The pictures the others lay over: painted before, their cost is not counted."""
    from studio.export.rendering.video_art import VideoArtist, art_layout
    from studio.paint.qt_application import ensure_gui
    from studio.story.model import Group

    ensure_gui()
    place, artist = art_layout(1080, 1920), VideoArtist(Group(name="KIM Bina Warga"), None, folder)
    strip = artist.paint_lower_third(place, "Asep Hidayat", "Kepala Dusun")
    painted = [strip, artist.paint_logo(place), *(artist.paint_subtitle(place, said) for said in SAID)]
    names = ("name", "mark", *(f"s{at}" for at in range(len(SAID))))
    return [path.replace(folder / f"{name}-1080x1920.png") for path, name in zip(painted, names, strict=True)]


def places() -> list[tuple[int, int]]:
    from studio.export.rendering.video_art import art_layout

    place = art_layout(1080, 1920)
    return [(place.side, place.lower_third_top), (1080 - place.side - 116, place.top)] + [
        (place.side, place.strip_top)
    ] * 5


def job_hand(folder: Path, seconds: float, reframe: str) -> None:
    """What someone who knows ffmpeg well would type."""
    names = [folder / f"{name}-1080x1920.png" for name in ("name", "mark", "s0", "s1", "s2", "s3", "s4")]
    step = seconds / len(SAID)
    times = [(0.6, 5.6), (0, 1e6)] + [(step * at, step * (at + 0.8)) for at in range(5)]
    if reframe == "crop":
        # 608 of 1920 pixels from 656 on are 9:16 in the middle: even numbers, as chroma is stored for pairs.
        chains = ["[0:v]fps=30,crop=608:1080:656:0,scale=1080:1920:flags=bicubic,setsar=1[c0]"]
    else:
        chains = [
            "[0:v]fps=30,split[x][y];[x]crop=608:1080:656:0,scale=134:240,gblur=sigma=3,scale=1080:1920[g];"
            "[y]scale=1080:608[f];[g][f]overlay=0:656,setsar=1[c0]"
        ]
    for at, ((x, y), (begin, end)) in enumerate(zip(places(), times, strict=True)):
        chains.append(f"[c{at}][{at + 1}:v]overlay={x}:{y}:enable='between(t,{begin},{end})'[c{at + 1}]")
    inputs = [part for name in names for part in ("-i", name)]
    ff(
        "-ss",
        START,
        "-t",
        seconds,
        "-i",
        folder / "phone.mp4",
        *inputs,
        "-filter_complex",
        ";".join(chains),
        "-map",
        "[c7]",
        "-map",
        "0:a",
        "-af",
        "loudnorm=I=-16:TP=-1.5",
        "-ar",
        48000,
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-crf",
        21,
        "-profile:v",
        "high",
        "-pix_fmt",
        "yuv420p",
        "-g",
        60,
        "-c:a",
        "aac",
        "-b:a",
        "128k",
        "-movflags",
        "+faststart",
        folder / "hand.mp4",
    )


def job_moviepy(folder: Path, seconds: float, reframe: str) -> None:
    from moviepy import CompositeVideoClip, ImageClip, VideoFileClip, afx, vfx

    names = [str(folder / f"{name}-1080x1920.png") for name in ("name", "mark", "s0", "s1", "s2", "s3", "s4")]
    clip = VideoFileClip(str(folder / "phone.mp4")).subclipped(START, START + seconds)
    framed = clip.with_effects([vfx.Crop(x1=656, width=608), vfx.Resize((1080, 1920))])
    layers = [framed]
    if reframe == "pad":
        layers = [blurred(framed), clip.with_effects([vfx.Resize(width=1080)]).with_position("center")]
    step = seconds / len(SAID)
    times = [(0.6, 5.0), (0, seconds)] + [(step * at, step * 0.8) for at in range(5)]
    for name, (x, y), (begin, length) in zip(names, places(), times, strict=True):
        layers.append(ImageClip(name).with_start(begin).with_duration(length).with_position((x, y)))
    film = CompositeVideoClip(layers, size=(1080, 1920)).with_duration(seconds)
    film = film.with_audio(clip.audio.with_effects([afx.AudioNormalize()]))
    film.write_videofile(
        str(folder / "moviepy.mp4"),
        fps=30,
        codec="libx264",
        preset="veryfast",
        audio_codec="aac",
        ffmpeg_params=["-crf", "21", "-movflags", "+faststart"],
        logger=None,
        temp_audiofile_path=str(folder),
    )


def blurred(clip: VideoClip) -> VideoClip:
    import numpy as np
    from PIL import Image, ImageFilter

    def soften(frame: np.ndarray) -> np.ndarray:
        small = Image.fromarray(frame).resize((135, 240), Image.Resampling.BILINEAR)
        return np.asarray(small.filter(ImageFilter.GaussianBlur(3)).resize((1080, 1920), Image.Resampling.BILINEAR))

    return clip.image_transform(soften)


TALL = """description=tall
frame_rate_num=30
frame_rate_den=1
width=1080
height=1920
progressive=1
sample_aspect_num=1
sample_aspect_den=1
display_aspect_num=9
display_aspect_den=16
colorspace=709
"""


def job_melt(folder: Path, seconds: float, reframe: str) -> None:
    """The same with melt; its sound gets a fixed gain, because its levelling cannot be given a target loudness."""
    (folder / "tall.profile").write_text(TALL, encoding="utf-8")
    first, length, step = round(START * 30), round(seconds * 30), round(seconds * 6)
    args = ["melt", "-profile", str(folder / "tall.profile"), str(folder / "phone.mp4")]
    args += [f"in={first}", f"out={first + length - 1}", "-attach", "crop", "center=1", "-attach", "volume", "gain=0.8"]
    tracks = [
        ([str(folder / "mark-1080x1920.png"), f"out={length - 1}"], (116, 116), 1),
        ([str(folder / "name-1080x1920.png"), "out=149"], (952, 250), 0),
        ([], (952, 250), 2),
    ]
    for at in range(len(SAID)):
        tracks[2][0].extend([str(folder / f"s{at}-1080x1920.png"), f"out={round(step * 0.8)}"])
        tracks[2][0].extend(["-blank", str(step - round(step * 0.8) - 2)])
    for number, (what, size, place) in enumerate(tracks, 1):
        x, y = places()[place]
        rect = f"rect={x} {y} {size[0]} {size[1]}"
        args += ["-track", *what, "-transition", "affine", "a_track=0", f"b_track={number}", rect]
    args += ["-consumer", f"avformat:{folder / 'melt.mp4'}", "vcodec=libx264", "preset=veryfast", "crf=21"]
    subprocess.run([*args, "acodec=aac", "real_time=-2"], check=True, capture_output=True)


def job_formats(folder: Path, source: str, together: str) -> None:
    from studio.video.encode import encode_targets
    from studio.video.job import VideoFormat, VideoJob, pieces_of
    from studio.video.probe import probe_clip

    clip = probe_clip(folder / source)
    job = VideoJob(clip, pieces_of(clip, (), 30))
    targets = [
        VideoFormat(*size, str(folder / f"f{size[0]}x{size[1]}.mp4"))
        for size in ((1080, 1920), (1080, 1080), (1920, 1080))
    ]
    for group in [targets] if together == "1" else [[target] for target in targets]:
        encode_targets(job, group, folder / "work-formats", SilentProgress(), "x")


def job_strip(folder: Path, who: str, what: str) -> None:
    source = folder / "long.mp4"
    if who == "ours":
        from studio.video.clip_pictures import read_filmstrip
        from studio.video.probe import probe_clip
        from studio.video.sound import sound_peaks

        clip = probe_clip(source)
        made = list(read_filmstrip(clip, 20, 90)) if what == "strip" else sound_peaks(clip, 1200)
        assert len(made) in (20, 1200)
    elif what == "strip":
        ff(
            "-skip_frame",
            "nokey",
            "-i",
            source,
            "-an",
            "-vf",
            "fps=20/600,scale=160:90",
            "-frames:v",
            20,
            "-f",
            "rawvideo",
            "-pix_fmt",
            "rgb24",
            folder / "strip.raw",
        )
    else:
        import numpy as np

        args = [ffmpeg_path(), "-v", "error", "-i", str(source), "-vn", "-ac", "1", "-ar", "8000", "-f", "s16le", "-"]
        done = subprocess.run(args, capture_output=True, check=True)
        samples = np.frombuffer(done.stdout, np.int16)
        np.abs(samples[: len(samples) // 1200 * 1200].reshape(1200, -1)).max(axis=1)


def job_slides(folder: Path, who: str) -> None:
    if who == "ours":
        from studio.video.job import EncoderRate
        from studio.video.slideshow import PhotoSlide, SlideShow, make_show

        slides = tuple(PhotoSlide(folder / f"photo{at}.jpg") for at in range(3))
        make_show(
            SlideShow(slides, 1080, 1920, each=120, cross=18),
            None,
            EncoderRate(),
            folder / "show.mp4",
            SilentProgress(),
        )
        return
    from moviepy import CompositeVideoClip, ImageClip, vfx

    clips = []
    for at in range(3):
        clip = ImageClip(str(folder / f"photo{at}.jpg")).with_effects([vfx.Resize((1080, 1920))]).with_duration(4)
        clip = clip.with_effects([vfx.Resize(lambda t: 1 + 0.02 * t)]).with_position("center").with_start(at * 3.4)
        clips.append(clip.with_effects([vfx.CrossFadeIn(0.6)]) if at else clip)
    film = CompositeVideoClip(clips, size=(1080, 1920)).with_duration(10.8)
    film.write_videofile(
        str(folder / "show-m.mp4"),
        fps=30,
        codec="libx264",
        preset="veryfast",
        audio=False,
        ffmpeg_params=["-crf", "21"],
        logger=None,
    )


def size_clips(folder: Path) -> list[Path]:
    """20 different clips of 12 s, 640x360: graphics, fractals, cells and bars, plain, grainy, noisy and uneven.

    The uneven ones are still for the time of a title and a closing card, or all the time but for a few noisy seconds.
    """
    sources = [
        "testsrc2=s=640x360:r=30",
        "mandelbrot=s=640x360:r=30",
        "life=s=640x360:r=30:mold=10:ratio=0.1",
        "color=0x305030:s=640x360:r=30",
        "smptehdbars=s=640x360:r=30",
    ]
    looks = ["null", "noise=alls=12:allf=t", "noise=alls=40:allf=t"]
    bursts = ["between(t,2.5,9.5)", "gt(t,2.5)", "gt(t,6)", "between(t,2,4)+between(t,8,9)", "between(t,5,7)"]
    chains = [(sources[at % 5], looks[at // 5]) for at in range(15)]
    chains += [(sources[4], f"noise=alls=60:allf=t:enable='{when}'") for when in bursts]
    coded = ("-t", 12, "-c:v", "libx264", "-preset", "ultrafast", "-crf", 16, "-c:a", "aac")
    made = []
    for at, (source, look) in enumerate(chains):
        sound = f"anoisesrc=a=0.2:seed={at}"
        inputs = ("-f", "lavfi", "-i", source, "-f", "lavfi", "-i", sound)
        made.append(derived(folder, f"limit{at:02}.mp4", *inputs, "-vf", f"{look},format=yuv420p", *coded))
    return made


JOBS = {
    "ours": lambda folder, seconds, reframe: job_ours(folder, float(seconds), reframe),
    "hand": lambda folder, seconds, reframe: job_hand(folder, float(seconds), reframe),
    "moviepy": lambda folder, seconds, reframe: job_moviepy(folder, float(seconds), reframe),
    "melt": lambda folder, seconds, reframe: job_melt(folder, float(seconds), reframe),
    "formats": job_formats,
    "strip": job_strip,
    "slides": job_slides,
}


if __name__ == "__main__":
    name, at, *rest = json.loads(sys.argv[1])
    JOBS[name](Path(at), *rest)
