"""One form of characters for the index and for what is asked of it. The text itself is never altered.

Width, case, compatibility forms and traditional characters make no difference, white space and invisible marks are left out. It works
character by character, so that a part of a text is a part of the folded text.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib import resources


@cache
def simplified() -> dict[str, str]:
    """Each traditional character that only traditional text has, and its simplified form."""
    table = resources.files("yuebao.archive").joinpath("traditional.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")][1:]
    return {traditional: form for form, every in rows for traditional in every}


class _Forms(dict[int, str]):
    """What each character becomes; a lone surrogate is unreadable."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character.isspace() or unicodedata.category(character) == "Cf":
            form = ""
        elif unicodedata.category(character) == "Cs":
            form = "\ufffd"
        else:
            form = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).casefold())
            form = "".join(simplified().get(c, c) for c in form if not c.isspace())
        self[code] = form
        return form


_FORMS = _Forms()


def normalise(text: str) -> str:
    """The text as it is indexed and asked for: `normalise(a + b) == normalise(a) + normalise(b)`, white space left out."""
    return text.translate(_FORMS)


def origins(text: str) -> list[int]:
    """For each character of `normalise(text)` the offset in `text` of the character that it comes from."""
    return [offset for offset, character in enumerate(text) for _ in _FORMS[ord(character)]]


def pairs(normalised: str) -> list[str]:
    """Each two neighbouring characters of a normalised text, in order."""
    return [normalised[i:i + 2] for i in range(len(normalised) - 1)]
