"""What is to be done before a version is tagged, on a small tree with the files that name it."""

import pytest

from tools.check_release import NAMED, ROOT, find_open_steps

METADATA = "packaging/linux/id.kim.Studio.metainfo.xml"


@pytest.fixture
def tree(tmp_path):
    """A tree that is ready to be tagged as 1.2.0 of 5 December."""
    texts = dict.fromkeys(NAMED, "kim-studio_1.2.0_amd64.deb") | {
        METADATA: '<release version="1.2.0" date="2026-12-05"/>\n<release version="1.1.0" date="2026-10-01"/>',
        "studio/__init__.py": '"""The studio."""\n\n__version__ = "1.2.0"\n',
        "CHANGELOG.md": "# Changelog\n\n## 1.2.0 (2026-12-05)\n\n- More.\n\n## 1.1.0 (2026-10-01)\n",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_tree_that_says_one_version_and_one_day_is_ready(tree):
    assert find_open_steps(tree) == []


@pytest.mark.parametrize("name", sorted(NAMED))
def test_a_file_that_names_another_version_is_told(tree, name):
    path = tree / name
    path.write_text(path.read_text(encoding="utf-8").replace("1.2.0", "1.1.9"), encoding="utf-8")
    assert find_open_steps(tree)[0].startswith(f"{name}: names 1.1.9")


@pytest.mark.parametrize("heading", ["1.2.0 (unreleased)", "1.1.0 (2026-12-05)", "1.2.0", "1.2.0 (5 Desember)"])
def test_the_changelog_has_the_version_with_its_day(tree, heading):
    (tree / "CHANGELOG.md").write_text(f"# Changelog\n\n## {heading}\n", encoding="utf-8")
    assert [step.partition(":")[0] for step in find_open_steps(tree)] == ["CHANGELOG.md"]


def test_the_day_is_the_same_in_the_metadata_of_shops(tree):
    path = tree / METADATA
    path.write_text(path.read_text(encoding="utf-8").replace("2026-12-05", "2026-12-04"), encoding="utf-8")
    assert find_open_steps(tree) == [f"{METADATA}: the day of 1.2.0 is to be 2026-12-05"]


def test_every_place_of_this_tree_that_names_a_version_is_read():
    assert not [step for step in find_open_steps(ROOT) if "names" in step]
