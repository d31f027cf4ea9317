"""Numbered copies 编号印发: a set PDF with a copy's number and its recipient's mark at the head of every page.

The pages stay as they were set.
"""

from __future__ import annotations

import io
import json

import pypdfium2
import pypdfium2.raw as pdfium
import typst

from yuebao.errors import InputError
from yuebao.publish import fonts
from yuebao.publish.setting import Setting

FAMILIES = (fonts.DEFAULT_HEI, fonts.DEFAULT_SONG)
# a sheet as large as the page with nothing on it but the mark, a good hand's breadth from no text: it stands in the head margin
SHEET = """
#let told = json(bytes(sys.inputs.mark))
#for (n, sheet) in told.sheets.enumerate() {
  page(width: sheet.at(0) * 1pt, height: sheet.at(1) * 1pt, margin: 0pt, fill: none, place(
    top + right, dx: -8mm, dy: 6mm,
    text(font: told.families, size: if n == 0 { 11pt } else { 7.5pt }, fill: if n == 0 { luma(0) } else { luma(110) }, told.line)))
}
"""


def marked_copy(pdf: bytes, line: str, setting: Setting) -> bytes:
    """The PDF with `line` at the head of every page, larger on the first. Raises InputError E501 (a character without a glyph), E503."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheets = [document[n].get_size() for n in range(len(document))]
        stamps = pypdfium2.PdfDocument(_set(line, sheets, setting))
        try:
            for n, _ in enumerate(sheets):
                _stamp(document, n, stamps)
        finally:
            stamps.close()
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()
    finally:
        document.close()


def _set(line: str, sheets: list[tuple[float, float]], setting: Setting) -> bytes:
    case = fonts.FontCase(setting.fonts)
    lacking = sorted({c for c in line if fonts.needs_glyph(c) and not any(ord(c) in case.characters(family) for family in FAMILIES)})
    if lacking:
        raise InputError("E501", characters="、".join(f"{c}（U+{ord(c):04X}）" for c in lacking))
    told = json.dumps({"line": line, "sheets": sheets, "families": FAMILIES})
    try:
        made = typst.compile(
            SHEET.encode(), font_paths=case.loaded, ignore_system_fonts=True, sys_inputs={"mark": told}, format="pdf", timestamp=0)
    except typst.TypstError as error:
        raise InputError("E503", reason=error.message) from error
    assert isinstance(made, bytes)
    return made


def _stamp(document: pypdfium2.PdfDocument, n: int, stamps: pypdfium2.PdfDocument) -> None:
    """Lay a page of `stamps` over that page of the document."""
    over = pdfium.FPDF_NewXObjectFromPage(document.raw, stamps.raw, n)
    try:
        page = document[n]
        pdfium.FPDFPage_InsertObject(page.raw, pdfium.FPDF_NewFormObjectFromXObject(over))
        page.gen_content()
    finally:
        pdfium.FPDF_CloseXObject(over)
