#!/usr/bin/env bash
# A box of one colour painted into HD video with ffmpeg's drawbox (imageio-ffmpeg 0.8.1, ffmpeg 9.0), as to cover a number plate.
# Guess:   drawbox paints in the colours of its input: the frames say bt709, so #c02020 is shown as (192, 32, 32).
# Happens: it always reckons the colour by BT.601 between 16 and 235, whatever matrix and range the frames state. In BT.709 the box is shown
#          as about (205, 47, 29), orange; in full-range video it is too pale. Frames of BT.601 have the asked colour.
#          A picture laid over with "overlay" comes out right, as scale converts it; for drawbox the colour must be reckoned back.
# Source:  drawutils and vf_drawbox.c of FFmpeg (RGB_TO_Y_CCIR and its like); ITU-R BT.601, BT.709.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q av==18.1.0 imageio-ffmpeg==0.8.1 numpy==2.4.6
cd "$dir"
venv/bin/python - <<'PY'
import subprocess
import sys

import av
import imageio_ffmpeg

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
BOX, ASKED = "drawbox=w=64:h=64:color=0xc02020:t=fill", (192, 32, 32)


def shown(name, tags, format_, *codec):
    filters = f"format={format_},{tags},{BOX}"
    made = [FFMPEG, "-y", "-v", "error", "-f", "lavfi", "-i", "color=gray:s=64x64:r=10:d=0.5", "-vf", filters, *codec, name]
    subprocess.run(made, check=True)
    with av.open(name) as clip:
        frame = next(clip.decode(video=0))
        return tuple(int(value) for value in frame.to_ndarray(format="rgb24")[32, 32])


lossless = ("-c:v", "libx264", "-qp", "0")
colours = {
    "BT.709": shown("hd.mp4", "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv", "yuv420p", *lossless),
    "BT.601": shown("sd.mp4", "setparams=colorspace=smpte170m:range=tv", "yuv420p", *lossless),
    "full range": shown("full.avi", "setparams=range=pc", "yuvj420p", "-c:v", "mjpeg", "-q:v", "1"),
}
for kind, colour in colours.items():
    print(f"{kind}: asked for {ASKED}, shown {colour}")
off = {kind: max(abs(one - other) for one, other in zip(colour, ASKED)) for kind, colour in colours.items()}
sys.exit(0 if off["BT.709"] > 10 and off["full range"] > 10 and off["BT.601"] <= 3 else "the behaviour changed")
PY
