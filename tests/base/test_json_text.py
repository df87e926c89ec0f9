from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.base.json_text import MOST_LEVELS, decode_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | st.text('ab"\\[]{}\n', max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('k"\\[', max_size=3), inner, max_size=4),
    max_leaves=40,
)


def nested(levels, opening=b"[", closing=b"]"):
    return opening * levels + b"0" + closing * levels


@given(VALUES)
def test_whatever_json_holds_comes_back(value):
    assert decode_json(json.dumps(value).encode(), object) == value


@pytest.mark.parametrize("levels", [MOST_LEVELS + 1, 900, 50_000, 2_000_000])
@pytest.mark.parametrize("brackets", [(b"[", b"]"), (b'{"a":', b"}")])
def test_deep_nesting_is_refused_like_other_damage(levels, brackets):
    with pytest.raises(msgspec.DecodeError):
        decode_json(nested(levels, *brackets), object)


def test_brackets_in_texts_are_no_nesting():
    text = '["\\' * 5000 + "[{" * 5000
    assert decode_json(json.dumps([text] * 3).encode(), object) == [text] * 3
    value = decode_json(nested(MOST_LEVELS), object)
    for _ in range(MOST_LEVELS):
        value = value[0]
    assert value == 0
