"""Compiles a job into the arguments of one ffmpeg process. Pure: tested against golden argument lists.

Every kept piece is an input of its own, because seeking to it is much faster than decoding up to it. Pictures and sound
are two separate graphs: one that holds both keeps decoded frames waiting for the sound, at twice the memory
(docs/decisions/one-ffmpeg-process.md). Text is never drawn by ffmpeg (some builds cannot): it comes as pictures.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from studio.video.cleaned_sound import CLEANING
from studio.video.clip import SLACK
from studio.video.composition import PAD_SHADE, even_number, picture_area
from studio.video.cover_color import drawbox_color
from studio.video.plan_layers import layer_input, overlay_filters, time_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.story.geometry import PixelBox
    from studio.video.composition import PictureArea
    from studio.video.job import CoverBox, EncoderRate, KeptPiece, Streams, VideoFormat, VideoJob

SOUND_RATE = 48_000
"""Samples a second of every result: what every platform takes."""
QUICK = "veryfast"
"""x264's preset of what is published; ``encoder_args`` makes it quicker."""
DECODERS = "2"
"""Threads of each decoder: more hold more pictures in memory, and encoding takes four times as long anyway."""
_MICRO = 1_000_000
"""Microseconds in a second."""
_LONGEST_GRAPH = 12_000
"""Characters of a graph that is still an argument; a longer one needs ffmpeg 7.0, which reads it from a file."""
_SEAM = 0.004
"""Seconds over which the sound of a piece opens and closes, so that a cut through a wave does not click."""


@dataclass(frozen=True, slots=True)
class FfmpegPlan:
    """Arguments for ffmpeg (without the program), and the text files they name, to be written before."""

    args: tuple[str, ...]
    files: tuple[tuple[str, str], ...] = ()


def compile_plan(job: VideoJob, targets: Sequence[VideoFormat], streams: Streams = "both") -> FfmpegPlan:
    """Compile one process that makes all ``targets`` from one decode.

    Args:
        job: what to make.
        targets: the formats, at least one.
        streams: both, or the picture or the sound alone (long videos are made in parts).

    Returns:
        Inputs, graphs and outputs, in ffmpeg's order. Paths are as given, with ``file:`` in front of the original so
        that no name can be read as an option or an address.
    """
    args = ["-filter_complex_threads", "1"] if job.frugal else []
    for piece in job.pieces if streams != "audio" or not job.mixed else ():
        args += (
            _piece_input(job, piece, _sound_begin(piece), picture=False)
            if streams == "audio"
            else _piece_input(job, piece, piece.opened)
        )
    if streams == "both" and _apart(job):
        for piece in job.pieces:
            args += _piece_input(job, piece, _sound_begin(piece), picture=False)
    files: list[tuple[str, str]] = []
    if streams != "audio":
        graph = []
        # Inputs are counted as they come: pictures of all pieces, their sounds where those lie in another file, then
        # layers.
        number = len(job.pieces) * (2 if streams == "both" and _apart(job) else 1)
        for at, target in enumerate(targets):
            for order, layer in enumerate(target.layers):
                more, file = layer_input(layer, f"{target.out}.{order}.ffconcat", job.fps)
                args += more
                files += file
            graph.append(_canvas_filters(job, target, at, len(targets), number))
            number += len(target.layers)
        more, file = _graph_arguments(";".join([*_decode_filters(job, targets), *graph]), f"{targets[0].out}.graph")
        args += more
        files += file
    if streams != "video" and job.mixed:
        args += ["-protocol_whitelist", "file", "-i", f"file:{job.mixed}"]
        args += ["-filter_complex", _mixed_graph(job, len(targets), 0 if streams == "audio" else number)]
    elif streams != "video":
        args += ["-filter_complex", _sound_graph(job, len(targets), alone=streams == "audio")]
    for at, target in enumerate(targets):
        args += _output_arguments(job, target, at, streams)
    return FfmpegPlan(tuple(args), tuple(files))


def sound_plan(job: VideoJob, out: str) -> FfmpegPlan:
    """Compile the making of the clip's own sound alone, as it would be in a result.

    Args:
        job: its clip must have sound.
        out: the file to write: samples of 16 bits, two columns at ``SOUND_RATE``, nothing else.
    """
    args: list[str] = []
    for piece in job.pieces:
        args += ["-vn", *_piece_input(job, piece, _sound_begin(piece), picture=False)]
    args += ["-filter_complex", _sound_graph(job, 1, alone=True), "-map", "[a0]"]
    return FfmpegPlan((*args, "-f", "s16le", "-ac", "2", "-ar", str(SOUND_RATE), out))


def _graph_arguments(graph: str, script: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The graph as an argument, or in a file: Windows takes 32,767 characters a command, Linux 131,071 an argument."""
    if len(graph) <= _LONGEST_GRAPH:
        return ["-filter_complex", graph], []
    return ["-/filter_complex", script], [(script, graph)]


def loudness_plan(job: VideoJob) -> FfmpegPlan:
    """Compile the measurement of the kept sound's loudness (EBU R 128), before any gain. The picture is not decoded.

    Args:
        job: its clip must have sound.
    """
    args: list[str] = []
    for piece in job.pieces:
        # ``-vn`` as an option of the input keeps the demuxer from handing pictures to a decoder at all.
        args += ["-vn", *_piece_input(job, piece, _sound_begin(piece), picture=False)]
    chains = [_piece_sound(job, number, piece, _sound_begin(piece)) for number, piece in enumerate(job.pieces)]
    joined = "".join(f"[s{number}]" for number in range(len(job.pieces)))
    cleaned = f"{CLEANING}," if job.clean else ""
    chains.append(f"{joined}concat=n={len(job.pieces)}:v=0:a=1,{cleaned}ebur128=framelog=quiet[a]")
    return FfmpegPlan((*args, "-filter_complex", ";".join(chains), "-map", "[a]", "-f", "null", "-"))


def _piece_input(job: VideoJob, piece: KeptPiece, opened: float, *, picture: bool = True) -> list[str]:
    sought = _seek_time(job, opened)
    # The graph counts frames; this only stops the reading in time.
    length = piece.start - sought + piece.frames / job.fps + 0.3
    # Turning and cutting is done by the graph, from the one place that knows; not by this ffmpeg's own idea of it.
    own = ["-noautorotate", *(["-apply_cropping", "codec"] if job.own_crop else [])] if picture else []
    if picture and (job.clip.told_once or not job.clip.steady):
        own += ["-reinit_filter:v", "0"]  # or the graph restarts with each frame that is or says something else
    return [
        "-protocol_whitelist",
        "file",
        "-threads",
        "1" if job.frugal else DECODERS,
        *own,
        *(["-ss", time_text(sought)] if sought else []),
        "-t",
        time_text(length),
        "-i",
        f"file:{job.clip.path if picture or job.clip.sound is None else job.clip.sound.file or job.clip.path}",
    ]


def _apart(job: VideoJob) -> bool:
    """Whether the sound is read from a file of its own."""
    return job.clip.sound is not None and job.clip.sound.file is not None and not (job.mute or job.mixed)


def _sound_begin(piece: KeptPiece) -> float:
    """Where a piece's sound begins: a little early, as times in full milliseconds let in what comes after it."""
    return max(0.0, piece.start - SLACK)


def _seek_time(job: VideoJob, opened: float) -> float:
    """The time that ffmpeg has to seek to, in full microseconds; 0 where reading begins at the start.

    A quarter of the file's own unit early: ffmpeg rounds the shift of the times to that unit (a fifteenth of a second
    in some AVI) and drops what comes out below zero.
    """
    if not opened or not job.clip.seekable:
        return 0.0
    return max(0.0, round(opened - max(float(job.clip.tick) / 4, 0.000001), 6))


def _zero_time(job: VideoJob, opened: float) -> float:
    """The time of the original that the picture's stream counts as 0: the place sought, rounded to the file's unit."""
    # Fractions, not floats: what ffmpeg rounds half away from zero has to come out the same here, to the tick.
    ticks = (Fraction(round((_seek_time(job, opened) + job.clip.start) * _MICRO), _MICRO)) / job.clip.tick
    whole = int(abs(ticks) + Fraction(1, 2)) * (-1 if ticks < 0 else 1)
    return float(whole * job.clip.tick) - job.clip.start


def _picture_steps(job: VideoJob, piece: KeptPiece) -> list[str]:
    """From the decoder to exact frames: the first is the picture that stands when the piece begins.

    Times are counted in microseconds, whatever the file counts in. ``fps`` gives each picture to the first frame at or
    after it; of those before the piece it keeps the last.
    """
    zero = _zero_time(job, piece.opened)
    late = SLACK if piece.late is None else piece.late
    steps = []
    if not job.clip.seekable and piece.opened > 0:
        # Without a seek the reading begins at the start: everything before the picture that is needed is dropped here.
        steps.append(f"trim=start={time_text(max(0.0, piece.opened - zero - SLACK / 2))}")
    if job.clip.retag:
        steps.append(f"setparams={job.clip.retag}")
    if not job.clip.steady:
        steps += _even_filters(job)
    # One frame for each frame, not for each field: the rate stays what the rest of the plan counts with.
    if job.clip.interlaced:
        steps.append("bwdif=mode=send_frame")
    if not job.clip.steady:
        steps.append("tpad=stop=1:stop_mode=clone")  # a last picture that does not say how long it stands would be lost
    # The clock is moved so that the place where a frame looks (``late`` behind its own time) becomes the frame's time.
    steps += ["settb=1/1000000", f"setpts=PTS{-round((piece.start + late - zero) * _MICRO):+d}"]
    steps += [
        f"fps={job.fps}:start_time=0:round=up",
        f"tpad=stop={max(job.fps, piece.holds)}:stop_mode=clone",
        # Padded first and cut then: whatever the source lacks, the piece has exactly its number of frames.
        f"trim=end_frame={piece.frames}",
        # Turned here below; left in the stream, a player would turn the result once more.
        "sidedata=mode=delete:type=DISPLAYMATRIX",
        *job.clip.orientation.upright_filters(job.clip.stored),
    ]
    if job.clip.aspect != 1:
        steps.append(f"scale={job.clip.width}:{job.clip.height}:flags=bicubic,setsar=1")
    return steps


def _even_filters(job: VideoJob) -> list[str]:
    """Every frame as the first one: browsers change the size on the way. What is so already stays as it is."""
    width, height = job.clip.stored
    format_ = job.clip.pixels.replace("yuvj", "yuv")
    return [
        f"scale={width}:{height}:flags=bicubic:out_range={'pc' if job.clip.full_range else 'tv'}",
        f"format={format_}",
    ]


def _decode_filters(job: VideoJob, targets: Sequence[VideoFormat]) -> list[str]:
    """From each input to a stream of exact frames; with several targets, one copy for each."""
    chains = []
    for number, piece in enumerate(job.pieces):
        chain = _picture_steps(job, piece)
        names = "".join(f"[p{number}t{at}]" for at in range(len(targets)))
        if len(targets) > 1:
            chain.append(f"split={len(targets)}")
        # ``split`` behind the costly steps: each piece is decoded and timed once for all formats.
        chains.append(f"[{number}:{job.clip.stream}]{','.join(chain)}{names}")
    return chains


def _canvas_filters(job: VideoJob, target: VideoFormat, at: int, count: int, first_layer: int) -> str:
    """From the exact frames to one finished picture stream ``[v<at>]``."""
    chains = [_reframe_filters(job, number, target, f"p{number}t{at}") for number in range(len(job.pieces))]
    joined = "".join(f"[p{number}t{at}r]" for number in range(len(job.pieces)))
    whole = []
    if len(job.pieces) > 1:
        # A piece of one frame has no length for ``concat``, which would lay the next one over it: all are renumbered.
        whole.append(f"concat=n={len(job.pieces)}:v=1:a=0,settb=1/{job.fps},setpts=N,fps={job.fps}")
    if job.lead or job.tail:
        whole.append(f"tpad=start={job.lead}:start_mode=clone:stop={job.tail}:stop_mode=clone")
    if job.fade:
        whole.append(f"fade=t=in:s={job.lead}:n={job.fade}")
        whole.append(f"fade=t=out:s={job.frames - job.tail - job.fade}:n={job.fade}")
    chains.append(f"{joined}{','.join(whole) or 'null'}[b{at}l0]")
    for order, layer in enumerate(target.layers):
        chains += overlay_filters(layer, job.fps, f"{first_layer + order}:v:0", f"b{at}l{order}", f"b{at}l{order + 1}")
    # Options on the output alone leave the colour unknown to players; the last filter must say it.
    tags = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"
    chains.append(f"[b{at}l{len(target.layers)}]format=yuv420p,{tags}[v{at}]")
    return ";".join(chains)


def _reframe_filters(job: VideoJob, number: int, target: VideoFormat, name: str) -> str:
    area = picture_area(job, number, target.width, target.height)
    left, top, right, bottom = area.source
    whole = area.source == (0, 0, job.clip.width, job.clip.height)
    chain = [] if whole else [f"crop={right - left}:{bottom - top}:{left}:{top}"]
    chain += _light_filters(job)
    for cover in job.covers:
        chain += _cover_filters(job, job.pieces[number], cover, area.source)
    if area.ground is None:
        return f"[{name}]{','.join([*chain, _scale_filter(job, target.width, target.height)])}[{name}r]"
    return _on_blur(job, target, area, area.ground, ",".join(chain or ["null"]), name)


def _light_filters(job: VideoJob) -> list[str]:
    """High dynamic range to ordinary light. 203 cd/m2 is white (ITU-R BT.2408); done after the crop: it is costly."""
    if job.clip.transfer == "sdr":
        return []
    if not job.tone_map:
        return ["format=yuv420p"]
    return [
        *(["setparams=color_primaries=bt2020:colorspace=bt2020nc"] if job.clip.assumed else []),
        "zscale=t=linear:npl=203",
        "format=gbrpf32le",
        "tonemap=mobius:desat=0",
        "zscale=p=bt709:t=bt709:m=bt709:r=tv",
        "format=yuv420p",
    ]


def _cover_filters(job: VideoJob, piece: KeptPiece, cover: CoverBox, shown: PixelBox) -> list[str]:
    """Filled boxes over everything a cover hides, one frame early and late; none where it does not show."""
    frame = 1 / job.fps
    # A frame shows the picture nearest to it, which may belong to its neighbour's time: one more on either side is
    # covered.
    begin, end = cover.start - piece.start - frame, cover.end - piece.start + frame
    length = piece.frames / job.fps
    if begin >= length or end <= 0:
        return []
    color = _cover_color(job, cover.color)
    always = begin <= 0 and end >= length
    when = "" if always else f":enable='between(t,{time_text(max(0.0, begin))},{time_text(end)})'"
    boxes = []
    for part in cover.parts:
        left, top = max(part[0], shown[0]) - shown[0], max(part[1], shown[1]) - shown[1]
        right, bottom = min(part[2], shown[2]) - shown[0], min(part[3], shown[3]) - shown[1]
        if left < right and top < bottom:
            boxes.append(f"drawbox=x={left}:y={top}:w={right - left}:h={bottom - top}:color={color}@1:t=fill{when}")
    return boxes


def _cover_color(job: VideoJob, color: str) -> str:
    if job.clip.transfer != "sdr":  # HD television's colours are what ``_light_filters`` leaves
        return drawbox_color(color, "bt709", full_range=False, pixels="yuv420p")
    matrix = job.clip.matrix or _guess_matrix(job)
    return drawbox_color(color, matrix, full_range=job.clip.full_range, pixels=job.clip.pixels)


def _scale_filter(job: VideoJob, width: int, height: int) -> str:
    """Scale to the canvas and to the colours of HD television, whatever the source says or leaves out."""
    source = "" if job.clip.matrix or job.clip.transfer != "sdr" else f":in_color_matrix={_guess_matrix(job)}"
    return f"scale={width}:{height}:flags=bicubic{source}:out_color_matrix=bt709:out_range=tv,setsar=1,format=yuv420p"


def _guess_matrix(job: VideoJob) -> str:
    """The matrix of a clip that does not name one: what players assume, by the height of the stored picture."""
    return "bt709" if min(job.clip.stored) >= 720 else "bt601"


def _on_blur(job: VideoJob, target: VideoFormat, area: PictureArea, ground: PixelBox, chain: str, name: str) -> str:
    """All of the picture on a blurred, enlarged and slightly darker copy of itself.

    Blurring at an eighth of the size looks the same as at full size and costs less than a plain crop.
    """
    x, y, right, bottom = area.place
    small = f"{even_number(target.width / 8)}:{even_number(target.height / 8)}"
    # The covers are in ``chain``, before the split: what is hidden in front is hidden in the blurred ground too.
    cut = f"crop={ground.width}:{ground.height}:{ground.left}:{ground.top}"
    back = f"{cut},scale={small}:flags=area,gblur=sigma=3,lutyuv=y='16+(val-16)*{1 - PAD_SHADE:g}'"
    return ";".join(
        (
            f"[{name}]{chain},split[{name}x][{name}y]",
            f"[{name}x]{back},{_scale_filter(job, target.width, target.height)}[{name}g]",
            f"[{name}y]{_scale_filter(job, right - x, bottom - y)}[{name}f]",
            f"[{name}g][{name}f]overlay={x}:{y}[{name}r]",
        )
    )


def _sample_count(frames: int, fps: int) -> int:
    return round(frames * SOUND_RATE / fps)


def _sound_graph(job: VideoJob, copies: int, *, alone: bool) -> str:
    """Sound of exactly the picture's length: joined, levelled, faded, silent under cards and where there is none.

    ``alone``: without the picture, which is opened at an earlier place.
    """
    names = "".join(f"[a{at}]" for at in range(copies))
    spread = f",asplit={copies}" if copies > 1 else ""
    if job.clip.sound is None or job.mute:
        total = _sample_count(job.frames, job.fps)
        return f"anullsrc=r={SOUND_RATE}:cl=stereo,atrim=end_sample={total}{spread}{names}"
    first = len(job.pieces) if _apart(job) and not alone else 0
    pieces = enumerate(job.pieces)
    own = alone or _apart(job)
    chains = [
        _piece_sound(job, number, piece, _sound_begin(piece) if own else piece.opened, first)
        for number, piece in pieces
    ]
    whole = [f"concat=n={len(job.pieces)}:v=0:a=1"] if len(job.pieces) > 1 else []
    if job.clean:
        whole.append(CLEANING)
    whole += _gain_filters(job)
    if job.fade:
        length = job.fade / job.fps
        whole.append(f"afade=t=in:d={time_text(length)}")
        whole.append(f"afade=t=out:st={time_text(job.inner / job.fps - length)}:d={time_text(length)}")
    if job.lead:
        whole.append(f"adelay=delays={_sample_count(job.lead, job.fps)}S:all=1")
    if job.tail:
        whole.append(f"apad=pad_len={_sample_count(job.tail, job.fps)}")
    joined = "".join(f"[s{number}]" for number in range(len(job.pieces)))
    chains.append(f"{joined}{','.join(whole) or 'anull'}{spread}{names}")
    return ";".join(chains)


def _gain_filters(job: VideoJob) -> list[str]:
    if job.gain is None:
        return []
    # limit 0.841 is -1.5 dB: what is left for the encoder's own overshoot (EBU R 128 s1: at most -1 dBTP)
    return [f"volume={job.gain:.2f}dB", "alimiter=limit=0.841:level=disabled:attack=5:release=50"]


def _mixed_graph(job: VideoJob, copies: int, source: int) -> str:
    """The sound that was mixed before, of exactly the picture's length."""
    total = _sample_count(job.frames, job.fps)
    steps = [f"aresample={SOUND_RATE}", *_gain_filters(job), "apad", f"atrim=end_sample={total}"]
    spread = f",asplit={copies}" if copies > 1 else ""
    return f"[{source}:a]{','.join(steps)}{spread}{''.join(f'[a{at}]' for at in range(copies))}"


def _piece_sound(job: VideoJob, number: int, piece: KeptPiece, opened: float, first: int = 0) -> str:
    sound = job.clip.sound
    assert sound is not None
    # One channel is copied to both sides: the ordinary mix would make it 3 dB quieter.
    # Of a dead side as well the other one is heard on both.
    alive = 0 if sound.channels == 1 else None if sound.dead is None else 1 - sound.dead
    mixed = ["aformat=channel_layouts=stereo"] if alive is None or sound.channels > 2 else []
    stereo = [*mixed, *([] if alive is None else [f"pan=stereo|c0=c{alive}|c1=c{alive}"])]
    shift = _sound_begin(piece) - _seek_time(job, opened)
    steps = [
        *([f"atrim=start={time_text(shift)}", f"asetpts=PTS-{time_text(shift)}/TB"] if shift > 0.000001 else []),
        f"aresample={SOUND_RATE}:async=1:first_pts=0",
        *stereo,
        "apad",
        "asetpts=N",  # padding of a sound that was over before the piece began carries no times
        f"atrim=end_sample={_sample_count(piece.frames, job.fps)}",
    ]
    if len(job.pieces) > 1:
        end = max(0.0, piece.frames / job.fps - _SEAM)
        steps += [f"afade=t=in:d={_SEAM}", f"afade=t=out:st={time_text(end)}:d={_SEAM}"]
    stream = sound.stream if sound.file is None else 0
    return f"[{first + number}:{stream}]{','.join(steps)}[s{number}]"


def _output_arguments(job: VideoJob, target: VideoFormat, at: int, streams: Streams) -> list[str]:
    args = []
    if streams != "audio":
        args += ["-map", f"[v{at}]", *encoder_args(target.rate), "-g", str(2 * job.fps)]
        # Parts of a result are joined without encoding, so all have to count time in the same ticks.
        args += ["-video_track_timescale", str(512 * job.fps)]
    if streams != "video":
        args += ["-map", f"[a{at}]", "-c:a", "aac", "-b:a", f"{target.rate.audio}k", "-ar", str(SOUND_RATE), "-ac", "2"]
    # No metadata: place and device of the recording stay at home.
    return [*args, "-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart", "-f", "mp4", target.out]


def encoder_args(rate: EncoderRate) -> list[str]:
    """x264's arguments: profile High, which every phone of the last ten years plays."""
    # Two B pictures instead of three: x264 then keeps three pictures waiting between its look ahead and its encoding
    # (B pictures + 1), which stays under 450 MB where four do not. Fewer than that (sync-lookahead) must not be asked
    # for: it gave one of two results for the same clip, 3 times of 20, as if it depended on which thread was first.
    args = ["-c:v", "libx264", "-preset", rate.preset, "-profile:v", "high", "-bf", "2"]
    if rate.preset == QUICK and rate.crf is not None:
        # The search for motion is half of veryfast's work: one step less of it, and no blocks smaller than 16 pixels
        # between pictures, give the same SSIM for 0.6 of the processor time and some 10 % more bytes.
        # Under a limit of bytes there is no room for those.
        args += ["-subq", "1", "-partitions", "i4x4,i8x8"]
    args += ["-crf", str(rate.crf)] if rate.crf is not None else ["-b:v", f"{rate.kbit}k"]
    if rate.threads:
        args += ["-threads", str(rate.threads)]
    if rate.peak is not None:
        args += ["-maxrate", f"{rate.peak}k", "-bufsize", f"{2 * rate.peak}k"]
    if rate.pass_:
        args += ["-pass", str(rate.pass_), "-passlogfile", rate.log]
        args += ["-fastfirstpass", "0"] if rate.pass_ == 1 else []
    return args
