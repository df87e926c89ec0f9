"""The two kinds of trouble: what a user can act on, and everything else (a bug)."""

from __future__ import annotations

from dataclasses import dataclass, field


class UserError(Exception):
    """Something the user can act on.

    The text (what happened, to which file, what to do now) is written once per language in
    ``assets/messages/*.toml`` under ``code``; ``facts`` fill its placeholders. ``str(error)`` is for logs only.

    Args:
        code: dotted name of the message, such as ``"photo.truncated"``.
        facts: values for the placeholders of that message; they must be plain (str, int, float, date, Path), or the
            ``UserError`` behind this one.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}" if self.facts else self.code

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions cross process borders (export workers); keyword facts need a helper to be rebuilt.
        return (_rebuild_error, (type(self), self.code, self.facts))


def _rebuild_error(kind: type[UserError], code: str, facts: dict[str, object]) -> UserError:
    return kind(code, **facts)


class WorkCancelled(Exception):  # noqa: N818 - not an error: the user asked for it
    """Raised out of ``Progress.report`` when the user cancelled the work."""


@dataclass(frozen=True, slots=True)
class WorkNotice:
    """Something worth telling that did not stop the work; its text is found like that of a ``UserError``."""

    code: str
    facts: dict[str, object] = field(default_factory=dict)
