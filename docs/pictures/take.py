"""Takes the pictures of the README from the sample series: the reading room by chromium, a spread of the set book by pdftoppm.

    python docs/pictures/take.py

Needs chromium and pdftoppm (Debian: poppler-utils). The fonts are those that come with the program. Look at what it took before it is kept.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pylopdf_fonts_zh_cn

HERE = Path(__file__).resolve().parent
YUEBAO = (sys.executable, "-c", "from yuebao.cli import main; main()")
LIMIT = 250_000  # bytes a picture: they are part of every clone
ITEM = "issue/" + quote("云陵月报-2025-04") + "/6/"
SPREAD = (4, 8)  # pages of the file: the first of the 目录, one of the body
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<alias><family>serif</family><prefer><family>Noto Serif SC</family></prefer></alias>
<alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias></fontconfig>
"""
SHEET = """<body style="margin:0;padding:24px;background:#8a8781;display:flex;gap:12px;justify-content:center">{pages}</body>"""


def photograph(address: str, path: Path, size: tuple[int, int], work: Path) -> None:
    """A picture of the page at that address, by chromium without a window."""
    fonts = work / "fonts.conf"
    fonts.write_text(FONTS.format(fonts=pylopdf_fonts_zh_cn.serif_path().parent, cache=work / "cache"), encoding="utf-8")
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={work / 'chromium'}"]
    subprocess.run(
        ["chromium", *options, "--window-size={},{}".format(*size), f"--screenshot={path}", address],
        env=os.environ | {"FONTCONFIG_FILE": str(fonts)}, check=True, capture_output=True)
    if path.stat().st_size > LIMIT:
        sys.exit(f"{path.name}: {path.stat().st_size} bytes, {LIMIT} allowed")


@contextmanager
def reading_room(home: Path) -> Iterator[str]:
    """The address of a reading room over the demo's archive, for as long as it is wanted."""
    log = home.parent / "serve.log"
    with log.open("wb") as said:
        process = subprocess.Popen([*YUEBAO, "serve", "--home", str(home), "--port", "0"], stderr=said)
    try:
        for _ in range(100):
            words = log.read_text(encoding="utf-8").split("http://")
            if len(words) > 1 and "/" in words[1]:
                break
            time.sleep(0.2)
        yield "http://" + words[1].split("/")[0] + "/"
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        home = work / "home"
        subprocess.run([*YUEBAO, "--quiet", "demo", "--no-serve", "--home", str(home)], check=True)
        with reading_room(home) as address:
            photograph(address + ITEM, HERE / "reading-room.png", (1160, 800), work)
        for page in SPREAD:
            pages = ["-f", str(page), "-l", str(page), "-r", "68", "-gray", "-png", "-singlefile"]
            subprocess.run(["pdftoppm", *pages, next(home.glob("*.pdf")), work / f"page-{page}"], check=True, capture_output=True)
        sheet = work / "sheet.html"
        sheet.write_text(SHEET.format(pages="".join(f'<img src="page-{page}.png">' for page in SPREAD)), encoding="utf-8")
        photograph(sheet.as_uri(), HERE / "set-pages.png", (1060, 744), work)


if __name__ == "__main__":
    main()
