"""Bars, lines and heat tables as SVG, drawn by hand so that the same numbers are the same bytes; PNG by typst, from the same drawing."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from html import escape

import typst

from yuebao.ask.counting.tables import Count
from yuebao.publish.fonts import DEFAULT_FOLDER

FONT = "Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, sans-serif"
INK, SOFT, RULE = "#26231f", "#6b655c", "#d9d4ca"
COLOURS = ("#2f5d8a", "#a8201a", "#8a6d1f", "#3d7a56")
WIDTH, LEFT, TOP, BOTTOM = 900, 60, 64, 48
HEIGHT = 360
ROW = 30
LABEL = 150  # of a heat table's rows


def drawn(made: Count) -> str:
    """The drawing of a count as SVG, with its title and a description for who cannot see it."""
    return _SHAPES[made.shape](made)


def png_of(svg: str, scale: float = 2.0) -> bytes:
    """The drawing as PNG; `scale`: pixels a unit of the drawing."""
    page = '#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(DEFAULT_FOLDER)])
    made = typst.compile(
        page.encode(), format="png", ppi=72 * scale, font_paths=fonts, ignore_system_fonts=True, sys_inputs={"svg": svg})
    assert isinstance(made, bytes)
    return made


def _frame(made: Count, width: int, height: int, parts: Iterable[str]) -> str:
    said = f"{made.title}（{made.unit}）"
    described = "；".join(f"{row}：" + "，".join(f"{c} {made.value(row, c):g}" for c in made.columns) for row in made.rows[:12])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'font-family="{FONT}" font-size="13"><title>{escape(said)}</title><desc>{escape(described)}</desc>'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>{_text(16, 30, said, size=17)}{"".join(parts)}</svg>\n'
    )


def _text(x: float, y: float, text: str, anchor: str = "start", size: int = 13, colour: str = INK) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="{size}" fill="{colour}">{escape(text)}</text>'


def _scale(made: Count) -> tuple[float, float]:
    """The step between the rules and the top of the scale, both round."""
    most = max((cell.value for cell in made.cells.values()), default=1) or 1
    step = 10 ** math.floor(math.log10(most))
    step = next(step * part for part in (0.2, 0.5, 1, 2) if most / (step * part) <= 6)
    return step, step * math.ceil(most / step)


def _axes(made: Count, step: float, top: float) -> list[str]:
    out = []
    for n in range(round(top / step) + 1):
        y = HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * n * step / top
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - 16}" y1="{y:g}" y2="{y:g}" stroke="{RULE}"/>')
        out.append(_text(LEFT - 8, y + 4, f"{n * step:g}", "end", 12, SOFT))
    for n, column in enumerate(made.columns):
        out.append(_text(_middle(made, n), HEIGHT - BOTTOM + 20, _short(column, made), "middle", 12, SOFT))
    return out


def _short(month: str, made: Count) -> str:
    """A month without its year where all are of one."""
    years = {column[:4] for column in made.columns}
    return f"{int(month[5:])}月" if len(years) == 1 and month[5:].isdigit() else month


def _middle(made: Count, n: int) -> float:
    return LEFT + (WIDTH - 16 - LEFT) * (n + 0.5) / max(len(made.columns), 1)


def _bars(made: Count) -> str:
    step, top = _scale(made)
    parts = _axes(made, step, top)
    room = (WIDTH - 16 - LEFT) / max(len(made.columns), 1)
    wide = min(room * 0.7 / max(len(made.rows), 1), 48)
    for n, column in enumerate(made.columns):
        for k, row in enumerate(made.rows):
            value = made.value(row, column)
            high = (HEIGHT - TOP - BOTTOM) * value / top
            x = _middle(made, n) + (k - len(made.rows) / 2) * wide
            y = HEIGHT - BOTTOM - high
            parts.append(f'<rect x="{x:g}" y="{y:g}" width="{wide - 2:g}" height="{high:g}" fill="{COLOURS[k % len(COLOURS)]}"/>')
            if value:
                parts.append(_text(x + wide / 2 - 1, y - 5, f"{value:g}", "middle", 11))
    return _frame(made, WIDTH, HEIGHT, [*parts, *_legend(made)])


def _lines(made: Count) -> str:
    step, top = _scale(made)
    parts = _axes(made, step, top)
    for k, row in enumerate(made.rows):
        room = HEIGHT - TOP - BOTTOM
        points = [(_middle(made, n), HEIGHT - BOTTOM - room * made.value(row, c) / top) for n, c in enumerate(made.columns)]
        colour = COLOURS[k % len(COLOURS)]
        path = " ".join(f"{x:g},{y:g}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:g}" cy="{y:g}" r="3.5" fill="{colour}"/>' for x, y in points]
    return _frame(made, WIDTH, HEIGHT, [*parts, *_legend(made)])


def _legend(made: Count) -> list[str]:
    if len(made.rows) < 2:
        return []
    out, x = [], float(LEFT)
    for k, row in enumerate(made.rows):
        out.append(f'<rect x="{x:g}" y="42" width="11" height="11" fill="{COLOURS[k % len(COLOURS)]}"/>')
        out.append(_text(x + 16, 52, row, size=12))
        x += 16 + 13 * len(row) + 20
    return out


def _heat(made: Count) -> str:
    """A table whose cells are the darker the more they hold; the numbers stand in them."""
    most = max((cell.value for cell in made.cells.values()), default=1) or 1
    room = (WIDTH - 16 - LABEL) / max(len(made.columns), 1)
    height = TOP + ROW * (len(made.rows) + 1) + 16
    parts = [_text(LABEL + room * (n + 0.5), TOP + 10, _short(column, made), "middle", 12, SOFT) for n, column in enumerate(made.columns)]
    for k, row in enumerate(made.rows):
        y = TOP + ROW * (k + 0.6)
        parts.append(_text(LABEL - 10, y + 20, row if len(row) <= 10 else row[:9] + "…", "end"))
        for n, column in enumerate(made.columns):
            value = made.value(row, column)
            share = value / most
            x = LABEL + room * n
            box = f'x="{x + 1:g}" y="{y + 1:g}" width="{room - 2:g}" height="{ROW - 2}"'
            parts.append(f'<rect {box} fill="#2f5d8a" fill-opacity="{0.06 + 0.84 * share:.2f}"/>')
            if value:
                parts.append(_text(x + room / 2, y + 20, f"{value:g}", "middle", 12, "#ffffff" if share > 0.45 else INK))
    return _frame(made, WIDTH, height, parts)


_SHAPES: dict[str, Callable[[Count], str]] = {"bar": _bars, "line": _lines, "heat": _heat}
