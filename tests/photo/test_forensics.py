"""What a closer look shows of a photo whose past is known."""

from __future__ import annotations

import pytest

from studio.base.errors import UserError, WorkCancelled
from studio.photo.forensics import error_level, estimated_quality, find_clones, photo_facts


def told(path):
    return {fact.code: fact for fact in photo_facts(path)}


def test_what_a_phone_wrote_is_read_and_what_is_private_marked(phone):
    facts = told(phone)
    assert facts["pixels"].value == "1200 × 900"
    latitude, longitude = (float(part) for part in facts["position"].value.split(", "))
    assert abs(latitude) <= 90
    assert abs(longitude) <= 180
    assert facts["position"].private
    assert {"make", "model", "quality", "carries"} <= facts.keys()


def test_a_file_without_exif_says_so(busy, tmp_path):
    busy.save(tmp_path / "wa.jpg", quality=70)
    facts = told(tmp_path / "wa.jpg")
    assert "no_exif" in facts
    assert facts["quality"].value == "± 70"


def test_garbage_in_exif_costs_nothing(busy, tmp_path):
    path = tmp_path / "bad.jpg"
    busy.save(path, exif=b"Exif\0\0MM\0*\xff\xff\xff\xff" + b"\xff" * 40)
    assert told(path)["pixels"].value == "1200 × 900"


@pytest.mark.parametrize("quality", [20, 50, 75, 95])
def test_the_quality_of_a_jpeg_is_estimated(quality, busy, tmp_path):
    from PIL import Image

    busy.save(tmp_path / "q.jpg", quality=quality)
    with Image.open(tmp_path / "q.jpg") as image:
        assert abs(estimated_quality(image.quantization) - quality) <= 2


def test_an_area_that_was_copied_is_found_with_its_way(busy, tmp_path):
    forged = busy.copy()
    forged.paste(busy.crop((100, 500, 420, 760)), (700, 120))
    forged.save(tmp_path / "forged.jpg", quality=88)
    found = find_clones(tmp_path / "forged.jpg")
    across, down = found.repeats[0].shift
    assert abs(abs(across) - 600 / 1200) < 0.02
    assert abs(abs(down) - 380 / 900) < 0.02
    width, height, rgb = found.pixels
    assert len(rgb) == width * height * 3


def test_an_honest_photo_has_no_repeats(busy, tmp_path):
    busy.save(tmp_path / "honest.jpg", quality=88)
    assert not find_clones(tmp_path / "honest.jpg").repeats


def test_what_was_pasted_in_stands_out_in_the_error_level(busy, tmp_path):
    import numpy as np
    from PIL import Image

    old = tmp_path / "old.jpg"
    busy.save(old, quality=60)
    with Image.open(old) as image:
        base = image.convert("RGB")
    base.paste(busy.crop((500, 300, 800, 600)), (500, 300))
    base.save(tmp_path / "pasted.jpg", quality=96, subsampling=0)
    width, height, rgb = error_level(tmp_path / "pasted.jpg", tmp_path)
    level = np.frombuffer(rgb, np.uint8).reshape(height, width, 3).mean(axis=2)
    inside = level[300:600, 500:800].mean()
    outside = level[:, :400].mean()
    assert inside > 1.3 * outside
    assert not list(tmp_path.glob(".ela*"))


def test_it_can_be_stopped_and_names_what_it_cannot_open(phone, tmp_path):
    class Stop:
        def report(self, done, total, what):
            raise WorkCancelled

    for work in (lambda: find_clones(phone, Stop()), lambda: error_level(phone, tmp_path, Stop())):
        with pytest.raises(WorkCancelled):
            work()
    (tmp_path / "x.jpg").write_bytes(b"not a photo")
    with pytest.raises(UserError) as caught:
        photo_facts(tmp_path / "x.jpg")
    assert caught.value.facts["file"] == "x.jpg"


def test_a_tiny_photo_has_nothing_to_compare(tmp_path):
    from PIL import Image

    Image.new("RGB", (20, 20), "red").save(tmp_path / "dot.png")
    assert find_clones(tmp_path / "dot.png").repeats == ()
    assert error_level(tmp_path / "dot.png", tmp_path)[:2] == (20, 20)
