"""The templates of this room, in the folder `templates`: filled by Jinja2, everything escaped that does not say that it is markup."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from yuebao.publish.flow import ODD


@cache  # for the same filters, so that no template is compiled twice
def template_room(**filters: Callable[..., str]) -> Environment:
    """The environment in which templates are filled, with the filters of a format; template names are paths in that folder."""
    room = Environment(
        loader=FunctionLoader(package_text), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True, newline_sequence="\n", finalize=_held)
    room.filters.update(filters)
    return room


def _held(value: object) -> object:
    """The value as attributes and titles can hold it: characters that HTML and XML cannot become U+FFFD. Markup has seen to its own."""
    return ODD.sub("\ufffd", value) if isinstance(value, str) and not isinstance(value, Markup) else value


def package_text(path: str) -> str:
    """The text of a file in that folder."""
    return package_bytes(path).decode("utf-8")


def package_bytes(path: str) -> bytes:
    """The bytes of a text file in that folder, with the line ends that it has in the repository."""
    return resources.files(__package__).joinpath("templates", *path.split("/")).read_bytes().replace(b"\r\n", b"\n")
