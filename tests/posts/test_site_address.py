"""The address of a group's website as it is published."""

from __future__ import annotations

import pytest

from studio.posts.template_context import build_context
from studio.posts.web_addresses import site_address
from studio.story.model import Group, Story


@pytest.mark.parametrize(
    ("typed", "published"),
    [
        ("sukamaju.desa.id", "https://sukamaju.desa.id"),
        ("http://sukamaju.desa.id/kim/", "http://sukamaju.desa.id/kim"),
        ("https://admin:rahasia@sukamaju.desa.id/", "https://sukamaju.desa.id"),
        ("admin:rahasia@sukamaju.desa.id", "https://sukamaju.desa.id"),
        ("HTTPS://admin@sukamaju.desa.id/berita", "HTTPS://sukamaju.desa.id/berita"),
        ("https://a:b@c@sukamaju.desa.id", "https://sukamaju.desa.id"),
        ("https://sukamaju.desa.id/@kim", "https://sukamaju.desa.id/@kim"),
        ("https://admin:r/a?h@sukamaju.desa.id/@kim", "https://sukamaju.desa.id/@kim"),
        ("admin:r#a@sukamaju.desa.id", "https://sukamaju.desa.id"),
        ("http://sukamaju.desa.id:8080/x@y", "http://sukamaju.desa.id:8080/x@y"),
        ("  ", ""),
    ],
)
def test_what_was_typed_as_a_password_is_published_nowhere(typed, published):
    group = Group(name="KIM Uji", site=typed)
    assert site_address(group) == published
    story = Story(id="s", headline="Warga perbaiki irigasi", byline=("Budi",), body="Warga bekerja.")
    page = build_context(story, group, folder="2026-12-01-irigasi").url
    assert page == (f"{published}/2026-12-01-irigasi/" if published else "")
