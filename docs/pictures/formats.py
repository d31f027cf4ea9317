"""Takes a picture of the first pages of each published format, from a sample issue: docs/pictures/format-NAME.png.

    python docs/pictures/formats.py

Needs chromium, pdftoppm and LibreOffice (Word is drawn by it). OFD is drawn here from its own objects and its own fonts, as a reader would.
"""

from __future__ import annotations

import base64
import html
import subprocess
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Sequence
from pathlib import Path

from take import HERE, photograph

from yuebao import pipeline, samples

OFD = "{http://www.ofdspec.org/2016}"
ISSUE = samples.paths()[1]
PAGES = (1, 4, 7)  # cover, contents, body
SIZE = (1100, 560)
SHEET = (
    '<meta charset="utf-8"><style>body{{margin:0;padding:20px;background:#8a8781;display:flex;gap:14px;justify-content:center;height:520px;'
    "overflow:hidden}}img,svg,iframe,pre{{height:520px;background:#fff;border:0;margin:0}}iframe{{width:340px}}"
    "pre{{width:1040px;padding:16px;box-sizing:border-box;font-size:12px;overflow:hidden;white-space:pre-wrap}}</style>{body}"
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        issue = pipeline.read_issue(ISSUE, samples.outline_path(ISSUE))
        for format in ("pdf", "docx", "ofd", "epub", "html", "tei", "md"):
            made = work / f"issue.{format}"
            pipeline.publish_issue(issue, made, format=format)
            sheet = work / f"{format}.html"
            sheet.write_text(SHEET.format(body=SHOWN[format](made, work)), encoding="utf-8")
            photograph(sheet.as_uri(), HERE / f"format-{format}.png", SIZE, work)


def of_pdf(made: Path, work: Path) -> str:
    names = []
    for page in PAGES:
        name = f"{made.stem}-{made.suffix[1:]}-{page}"
        options = ["-f", str(page), "-l", str(page), "-r", "50", "-gray", "-png", "-singlefile"]
        subprocess.run(["pdftoppm", *options, made, work / name], check=True, capture_output=True)
        names.append(f'<img src="{name}.png">')
    return "".join(names)


def of_docx(made: Path, work: Path) -> str:
    folder = work / "word"
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    subprocess.run(["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, made], check=True, capture_output=True)
    pdf = (folder / "issue.pdf").rename(work / "word.pdf")
    return of_pdf(pdf, work)


def of_ofd(made: Path, work: Path) -> str:
    del work
    with zipfile.ZipFile(made) as packed:
        resources = ET.fromstring(packed.read("Doc_0/PublicRes.xml"))
        fonts = {font.get("ID"): base64.b64encode(packed.read(f"Doc_0/Res/{font[0].text}")) for font in resources.iter(f"{OFD}Font")}
        faces = "".join(f"@font-face{{font-family:f{n};src:url(data:font/otf;base64,{data.decode()})}}" for n, data in fonts.items())
        pages = [ET.fromstring(packed.read(f"Doc_0/Pages/Page_{page - 1}/Content.xml")) for page in PAGES]
    return f"<style>{faces}</style>" + "".join(map(_ofd_page, pages))


def _ofd_page(page: ET.Element) -> str:
    box = page.find(f".//{OFD}PhysicalBox").text
    parts = []
    for part in page.iter():
        if part.tag not in (f"{OFD}TextObject", f"{OFD}PathObject"):
            continue
        left, top, *_ = map(float, part.get("Boundary").split())
        if part.tag == f"{OFD}PathObject":
            shape = part.find(f"{OFD}AbbreviatedData").text.replace("B", "C")
            pen = f'stroke="#000" stroke-width="{part.get("LineWidth", "0.3")}"'
            parts.append(f'<path transform="translate({left} {top})" d="{shape}" {pen}/>')
            continue
        for code in part.iter(f"{OFD}TextCode"):
            xs = _along(float(code.get("X")), code.get("DeltaX", ""), len(code.text))
            where = " ".join(f"{left + x:.3f}" for x in xs)
            parts.append(
                f'<text x="{where}" y="{top + float(code.get("Y")):.3f}" font-family="f{part.get("Font")}" '
                f'font-size="{part.get("Size")}">{html.escape(code.text)}</text>')
    return f'<svg viewBox="{box}" xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'


def _along(start: float, steps: str, count: int) -> list[float]:
    """Where each character stands: `steps` as OFD writes them, g N STEP for the same step N times."""
    words = steps.split()
    widths: list[float] = []
    while words:
        word = words.pop(0)
        if word == "g":
            times, step = int(words.pop(0)), float(words.pop(0))
            widths += [step] * times
        else:
            widths.append(float(word))
    out = [start]
    for width in widths[:count - 1]:
        out.append(out[-1] + width)
    return out


def of_epub(made: Path, work: Path) -> str:
    zipfile.ZipFile(made).extractall(work / "epub")
    return _frames(f"epub/EPUB/{name}.xhtml" for name in ("cover", "nav", "column-1"))


def of_html(made: Path, work: Path) -> str:
    del work
    return _frames(f"{made.name}/{name}.html" for name in ("index", "issue", "people"))


def _frames(names: Sequence[str]) -> str:
    return "".join(f'<iframe src="{name}"></iframe>' for name in names)


def of_text(made: Path, work: Path) -> str:
    del work
    return f"<pre>{html.escape(made.read_text(encoding='utf-8')[:3500])}</pre>"


SHOWN = {"pdf": of_pdf, "docx": of_docx, "ofd": of_ofd, "epub": of_epub, "html": of_html, "tei": of_text, "md": of_text}


if __name__ == "__main__":
    main()
