"""The benchmark's job by libvips, for comparison. Runs in an environment of its own: ``pip install pyvips[binary]``.

Usage: photo_vips.py PHOTO FOLDER [TIMES]. Prints JSON: CPU seconds of the job without imports, peak memory in MB.
As fast as libvips is meant to be used: shrink on load, one decode for all, blur at 1/8 size.
"""

from __future__ import annotations

import json
import resource
import sys
import time

import pyvips

FOCUS = (0.55, 0.42)
JOBS = [
    ("square", 1080, 1080, "crop"),
    ("portrait", 1080, 1350, "crop"),
    ("story", 1080, 1920, "pad"),
    ("link", 1200, 630, "crop"),
    ("web", 1600, 1600, "inside"),
    ("thumb", 320, 320, "inside"),
]
SHARPEN = [[-1, -2, -1], [-2, 44, -2], [-1, -2, -1]]
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Headline="Warga"/>'
    b"</rdf:RDF></x:xmpmeta>"
)
Job = tuple[str, int, int, str]
Size = tuple[int, int]
Box = tuple[int, int, int, int]


def frame(width: int, height: int, job: Job) -> tuple[Box, Size]:
    """Box (left, top, width, height) in the photo and the size it gets."""
    _, to_width, to_height, how = job
    if how == "crop":
        scale = min(width / to_width, height / to_height)
        box_width, box_height = round(to_width * scale), round(to_height * scale)
        left = min(max(round(FOCUS[0] * width) - box_width // 2, 0), width - box_width)
        top = min(max(round(FOCUS[1] * height) - box_height // 2, 0), height - box_height)
        return (left, top, box_width, box_height), (to_width, to_height)
    scale = max(width / to_width, height / to_height)
    return (0, 0, width, height), (round(width / scale), round(height / scale))


def part(photo: pyvips.Image, box: Box, size: Size) -> pyvips.Image:
    piece = photo.crop(*box)
    return piece.resize(size[0] / piece.width, vscale=size[1] / piece.height)


def padded(photo: pyvips.Image, inner: pyvips.Image, size: Size) -> pyvips.Image:
    """The photo on its own blurred picture."""
    box, _ = frame(photo.width, photo.height, ("", size[0], size[1], "crop"))
    small = part(photo, box, (size[0] // 8, size[1] // 8))
    small = small.gaussblur(5, precision="integer").linear(0.72, 0, uchar=True).copy_memory()
    back = small.resize(size[0] / small.width, vscale=size[1] / small.height, kernel="linear")
    return back.insert(inner, (size[0] - inner.width) // 2, (size[1] - inner.height) // 2)


def run(source: str, folder: str) -> None:
    head = pyvips.Image.new_from_file(source)
    width, height = (head.height, head.width) if head.get("orientation") >= 5 else (head.width, head.height)
    need = min(box[2] / size[0] for box, size in (frame(width, height, job) for job in JOBS))
    shrink = next(step for step in (8, 4, 2, 1) if need >= step)
    photo = pyvips.Image.new_from_file(source, shrink=shrink, access="sequential")
    photo = photo.icc_transform("srgb", embedded=True, intent="relative").copy_memory().autorot().copy_memory()
    sharpen = pyvips.Image.new_from_array(SHARPEN, scale=32)
    for job in JOBS:
        box, size = frame(photo.width, photo.height, job)
        image = part(photo, box, size).conv(sharpen, precision="integer")
        if job[3] == "pad":
            image = padded(photo, image, job[1:3])
        image = image.copy()
        for field in image.get_fields():
            if field.startswith("exif-") or field == "iptc-data":
                image.remove(field)
        image.set_type(pyvips.GValue.gstr_type, "exif-ifd0-ImageDescription", "Warga membersihkan saluran")
        image.set_type(pyvips.GValue.blob_type, "xmp-data", XMP)
        image.jpegsave(f"{folder}/{job[0]}.jpg", Q=85, interlace=True, subsample_mode="on", keep="exif|xmp|icc")


if __name__ == "__main__":
    begin = time.process_time()
    for _ in range(int(sys.argv[3]) if len(sys.argv) > 3 else 1):
        run(*sys.argv[1:3])
    used = time.process_time() - begin
    print(json.dumps({"cpu": used, "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
