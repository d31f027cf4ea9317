"""The generated parts of docs/publishing.md: formats with what each cannot hold, styles with their measures."""

from __future__ import annotations

from importlib import import_module

from yuebao import pipeline
from yuebao.publish import WRITERS
from yuebao.publish import style as styles

MODULES = {"md": "markdown"}  # formats whose module has another name
LACKING = {
    "after": "the exact character after which a table or figure stands (it stays with its entry)",
    "byline": "whose byline it is (the name is printed behind the entry)",
    "id": "the identifiers of figures", "media_type": "the kind of a picture's file", "sha256": "the hash of a picture",
    "figures": "figures", "contents_title": "a column's other title in the 目录",
    "contents_headline": "an item's other headline in the 目录",
    "said_on": "the day of the epigraph as a date", "internal": "marks of internal passages",
}


def format_rows() -> list[tuple[str, str, str]]:
    """Each format: its name, the ending of its file, what of an issue does not come back from it."""
    rows = []
    for name, writer in sorted(WRITERS.items()):
        module = import_module(f"yuebao.publish.{MODULES.get(name, name)}")
        ending = next((e for e, of in pipeline.FORMATS.items() if of == name), f".{name}")
        lacking = "; ".join(LACKING[part] for part in sorted(module.CANNOT_HOLD)) or "nothing"
        rows.append((name, "a folder" if name == "html" else ending, lacking))
        assert writer
    return rows


def style_rows() -> list[tuple[str, str, str]]:
    """Each style that comes with the program: its name, page, lines and characters."""
    rows = []
    for name in styles.NAMES:
        said = styles.load(name).settings
        page, text = said["page"], said["text"]
        size = " × ".join(f"{page[side] / 72 * 25.4:.0f}" for side in ("width", "height"))
        rows.append((name, f"{size} mm", f"{text['lines']} lines of {text['characters']} characters"))
    return rows

