"""Pictures as planes of YUV 4:2:0, and blends of a layer into them with whole numbers.

Half the bytes of RGB are blended, and ffmpeg has nothing to convert. A layer is turned into planes once; a frame
costs only the rows in which something moves. Coefficients are those of ITU-R BT.709 in the limited range (16 to 235).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeVar

    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Sample = TypeVar("Sample", np.uint8, np.uint16)

FULL = 256
"""The share of a layer that is all there."""
_BAND = 128
"""Rows that are mixed at a time: they stay in the processor's cache."""
_LUMA = (11966, 40254, 4064)
_BLUE = (-6595, -22189, 28784)
_RED = (28784, -26145, -2639)
"""65536 times what red, green and blue (0 to 255) give to Y, U and V."""


@dataclass(frozen=True, slots=True)
class YuvLayer:
    """A layer with its place.

    Attributes:
        left, top: in pixels of the picture, even: one pixel of colour covers two of both.
        planes: Y, U and V times their alpha, 0 to 255; U and V half as wide and high.
        alphas: for Y and for U and V, 0 to 255.
    """

    left: int
    top: int
    planes: tuple[Bytes, Bytes, Bytes]
    alphas: tuple[Bytes, Bytes]

    @property
    def height(self) -> int:
        """Rows of the layer."""
        return int(self.planes[0].shape[0])

    @property
    def width(self) -> int:
        """Columns of the layer."""
        return int(self.planes[0].shape[1])


def still_frame(rgb: bytes, width: int, height: int) -> Bytes:
    """A picture as the planes of one frame, below one another: ``height * 3 / 2`` rows of ``width`` bytes.

    Args:
        rgb: three bytes a pixel, no padding.
        width: even.
        height: even.
    """
    import numpy as np

    pixels = np.frombuffer(rgb, np.uint8).reshape(height, width, 3)
    frame = np.empty((height * 3 // 2, width), np.uint8)
    luma, blue, red = frame_planes(frame)
    step = 2 * max(1, 131072 // width)  # in bands: the sums are four times as large as the picture
    for top in range(0, height, step):
        band = pixels[top : top + step].astype(np.int32)
        planes = _planes_of(band[..., 0], band[..., 1], band[..., 2], np.full(band.shape[:2], 255, np.int32))
        luma[top : top + step] = planes[0]
        blue[top // 2 : (top + step) // 2], red[top // 2 : (top + step) // 2] = planes[1], planes[2]
    return frame


def frame_planes(frame: NDArray[Sample]) -> tuple[NDArray[Sample], NDArray[Sample], NDArray[Sample]]:
    """Y, U and V of a frame as views: what is written into them is in the frame."""
    rows, width = frame.shape
    height = rows * 2 // 3
    colour = frame[height:].reshape(2, height // 2, width // 2)
    return frame[:height], colour[0], colour[1]


def moving_layer(pixels: bytes, left: int, top: int, width: int, height: int, size: tuple[int, int]) -> YuvLayer | None:
    """A painted layer, cut to what is painted and to the picture; None when nothing is left.

    Args:
        pixels: blue, green, red, alpha (premultiplied), no padding.
        left: its place in the picture, in pixels.
        top: the same.
        width: of the layer.
        height: of the layer.
        size: of the picture.
    """
    import numpy as np

    image = np.frombuffer(pixels, np.uint8).reshape(height, width, 4)
    image = image[max(0, -top) : max(0, size[1] - top), max(0, -left) : max(0, size[0] - left)]
    left, top = max(0, left), max(0, top)
    rows, columns = (np.flatnonzero(image[..., 3].max(axis, initial=0)) for axis in (1, 0))
    if not len(rows):
        return None
    # Even edges outwards, so that colour and brightness of the layer cover the same pixels.
    edges = [(left + int(columns[0])) // 2 * 2, (top + int(rows[0])) // 2 * 2]
    right, bottom = left + int(columns[-1]) + 1, top + int(rows[-1]) + 1
    whole = np.zeros((-((edges[1] - bottom) // 2) * 2, -((edges[0] - right) // 2) * 2, 4), np.int32)
    part = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    down, across = top + int(rows[0]) - edges[1], left + int(columns[0]) - edges[0]
    whole[down : down + part.shape[0], across : across + part.shape[1]] = part
    alpha = whole[..., 3]
    planes = _planes_of(whole[..., 2], whole[..., 1], whole[..., 0], alpha)
    return YuvLayer(edges[0], edges[1], planes, (alpha.astype(np.uint8), _halved(alpha).astype(np.uint8)))


def _planes_of(
    red: NDArray[np.int32], green: NDArray[np.int32], blue: NDArray[np.int32], alpha: NDArray[np.int32]
) -> tuple[Bytes, Bytes, Bytes]:
    import numpy as np

    def mixed(parts: tuple[int, int, int], ground: int) -> NDArray[np.int32]:
        # 257 / 65536 is nearly 1 / 255: the ground counts by the share that is covered.
        return red * parts[0] + green * parts[1] + blue * parts[2] + alpha * (ground * 257) + 32768 >> 16

    luma = mixed(_LUMA, 16).clip(0, 255).astype(np.uint8)
    first, second = (_halved(mixed(parts, 128)).clip(0, 255).astype(np.uint8) for parts in (_BLUE, _RED))
    return luma, first, second


def _halved(plane: NDArray[np.int32]) -> NDArray[np.int32]:
    """Means of two by two."""
    return plane[::2, ::2] + plane[1::2, ::2] + plane[::2, 1::2] + plane[1::2, 1::2] + 2 >> 2


def blend_layer(frame: Bytes, layer: YuvLayer, share: int, right: int = 0, down: int = 0, shown: float = 1.0) -> None:
    """Lay a layer over a frame.

    Args:
        frame: is changed.
        layer: what comes over it.
        share: how much of it is there, 0 to ``FULL``.
        right: how far it is moved, in pixels; even.
        down: the same.
        shown: the share of its columns, from the left, that is there.
    """
    left, top = layer.left + right, layer.top + down
    luma, *colours = frame_planes(frame)
    wide = round(layer.width * shown / 2) * 2
    for plane, source, alpha, by in (
        (luma, layer.planes[0], layer.alphas[0], 1),
        (colours[0], layer.planes[1], layer.alphas[1], 2),
        (colours[1], layer.planes[2], layer.alphas[1], 2),
    ):
        x, y, width = left // by, top // by, wide // by
        rows = slice(max(0, -y), max(0, plane.shape[0] - y))
        columns = slice(max(0, -x), min(width, max(0, plane.shape[1] - x)))
        part, cover = source[rows, columns], alpha[rows, columns]
        if part.size:
            y, x = max(0, y), max(0, x)
            _blend(plane[y : y + part.shape[0], x : x + part.shape[1]], part, cover, share)


def _blend(ground: Bytes, part: Bytes, cover: Bytes, share: int) -> None:
    import numpy as np

    # 16 bits hold a byte times 256; what is covered (0 to 255) becomes what is seen of the ground (256 to 0).
    seen = cover.astype(np.uint16)
    if share < FULL:
        seen *= share
        seen >>= 8
        mine = part.astype(np.uint16)
        mine *= share
        mine >>= 8
    else:
        mine = part.astype(np.uint16)
    seen += seen >> 7
    np.subtract(FULL, seen, out=seen)
    seen *= ground
    seen >>= 8
    seen += mine
    np.copyto(ground, seen, casting="unsafe")


@dataclass(frozen=True, slots=True)
class FrameVeil:
    """Layers that lie over a ground which moves, joined: how much of it is seen (0 to ``FULL``), what they add to it.

    Both are frames of 16 bits and changed in place by ``add_to_veil``.
    """

    seen: NDArray[np.uint16]
    added: NDArray[np.uint16]


def clear_veil(frame: Bytes) -> FrameVeil:
    """A veil of no layer yet, for frames like this one."""
    import numpy as np

    return FrameVeil(np.full(frame.shape, FULL, np.uint16), np.zeros(frame.shape, np.uint16))


def add_to_veil(veil: FrameVeil, layer: YuvLayer) -> None:
    """Lay a layer that is all there over a veil; as ``blend_layer`` would over a frame."""
    import numpy as np

    seen, added = frame_planes(veil.seen), frame_planes(veil.added)
    for number, source in enumerate(layer.planes):
        by, cover = (2, layer.alphas[1]) if number else (1, layer.alphas[0])
        y, x = layer.top // by, layer.left // by
        area = np.s_[y : y + source.shape[0], x : x + source.shape[1]]
        below = seen[number][area]
        # 32 bits: 256 times 256 is one more than 16 bits hold.
        wide = cover[: below.shape[0], : below.shape[1]].astype(np.uint32)
        left = FULL - wide - (wide >> 7)
        added[number][area] = (added[number][area] * left >> 8) + source[: below.shape[0], : below.shape[1]]
        seen[number][area] = below * left >> 8


def lay_veil(ground: Bytes, veil: FrameVeil, out: Bytes) -> None:
    """``out`` becomes ``ground`` under a veil; it may be ``ground`` itself."""
    import numpy as np

    for top in range(0, len(out), _BAND):
        rows = slice(top, top + _BAND)
        mixed = veil.seen[rows] * ground[rows]
        mixed >>= 8
        mixed += veil.added[rows]
        np.copyto(out[rows], mixed, casting="unsafe")


def zoom_frame(frame: Bytes, zoom: float, out: Bytes) -> None:
    """``out`` becomes the middle of ``frame``, ``zoom`` times as large.

    Its edges lie at fractions of a pixel, so that a slow move is smooth.
    """
    import numpy as np
    from PIL import Image

    for plane, target in zip(frame_planes(frame), frame_planes(out), strict=True):
        height, width = plane.shape
        right, down = (side * (1 - 1 / zoom) / 2 for side in (width, height))
        image = Image.frombuffer("L", (width, height), plane, "raw", "L", 0, 1)
        box = (right, down, width - right, height - down)
        np.copyto(target, np.asarray(image.resize((width, height), Image.Resampling.BILINEAR, box=box)))


def mix_frames(before: Bytes, after: Bytes, share: int, out: Bytes) -> None:
    """``out`` becomes ``before`` with ``share`` (0 to ``FULL``) of ``after``."""
    import numpy as np

    for top in range(0, len(out), _BAND):
        rows = slice(top, top + _BAND)
        mixed = before[rows].astype(np.uint16)
        mixed *= FULL - share
        mixed += after[rows] * np.uint16(share)
        mixed >>= 8
        np.copyto(out[rows], mixed, casting="unsafe")


def frame_rgb(frame: Bytes) -> Bytes:
    """A frame as it is seen: rows, columns, red-green-blue."""
    import av
    from av.video.reformatter import Colorspace

    height, width = frame.shape[0] * 2 // 3, frame.shape[1]
    made = av.VideoFrame.from_ndarray(frame, format="yuv420p")
    plain = made.reformat(width, height, "rgb24", src_colorspace=Colorspace.ITU709, dst_colorspace=Colorspace.ITU709)
    rgb: Bytes = plain.to_ndarray()  # type: ignore[assignment]  # the stubs name every depth of a sample
    return rgb
