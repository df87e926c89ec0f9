"""Pictures that a pack carries inside its own files: taken only when they are what they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.base.data_uri import is_honest
from studio.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Collection

_EMBEDDED = re.compile(r"data:(?!,)[^\"'\s)>]{0,9000000}", re.IGNORECASE)


def check_embedded(text: str, pack: str, file: str, allowed: Collection[str] = ()) -> None:
    """Look at every data URI of a page or template.

    Args:
        text: what the file holds.
        pack: whose it is.
        file: its name, for the error.
        allowed: what the studio itself put there.

    Raises:
        UserError: ``posts.picture_lies``, for the first that is no picture of its kind.
    """
    for found in _EMBEDDED.finditer(text):
        if found[0] not in allowed and not is_honest(found[0]):
            line = text.count("\n", 0, found.start()) + 1
            raise UserError("posts.picture_lies", pack=pack, file=file, line=line, address=found[0][:40])
