"""Takes the pictures of the tour of the desk (docs/desk-tour.md) from the demo's month, taken on step by step.

    python docs/pictures/desk_tour.py

Needs chromium. Look at what it took before it is kept.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent / "desk"
YUEBAO = (sys.executable, "-c", "from yuebao.cli import main; main()")
SERVER = "import sys; from yuebao import web; web.serve(sys.argv[1], port=0, on_ready=lambda url: print(url, flush=True))"
SIZE = {"width": 1100, "height": 740}
COLOURS = 64
LIMIT = 100_000  # bytes a picture: they are part of every clone

# name of the picture, who looks, address; the step that is taken before
SHOTS: tuple[tuple[str, str, str], ...] = (
    ("1-issue", "editor", "/desk/1/"),
    ("2-copy", "editor", "/desk/1/copy/"),
    ("3-clipping", "editor", "/desk/1/copy/10/"),
    ("4-stories", "editor", "/desk/1/inbox/?page=2"),
    ("5-story", "editor", "/desk/1/story/2/"),
    ("6-board", "editor", "/desk/1/board/"),
    ("7-item", "editor", "/desk/1/item/1/"),
    ("8-history", "editor", "/desk/1/item/1/history/"),
    ("9-reviews", "second", "/desk/1/reviews/?level=second"),
    ("10-copies", "editor", "/desk/1/distribution/"),
)


def _accept(issue: int) -> None:
    """Every story but what belongs in no bulletin, each to the column proposed for it; one item edited."""
    from yuebao.desk import items, stories
    from yuebao.desk.models import Account, DeskItem, DeskStory

    editor = Account.objects.get(name="editor")
    stories.accept_all(DeskStory.objects.filter(issue=issue, state="open"), editor)
    item = DeskItem.objects.get(issue=issue, number=1)
    items.edit(item.pk, seen=1, by=editor, headline="市委常委会第111次会议召开", note="条题按本室体例")


def _review(issue: int) -> None:
    """Every item through the first review."""
    from yuebao.desk import reviews
    from yuebao.desk.models import Account, DeskItem

    editor, first = (Account.objects.get(name=name) for name in ("editor", "first"))
    for item in DeskItem.objects.filter(issue=issue):
        reviews.submit(item.pk, seen=item.version, by=editor)
        reviews.review(item.pk, "first", "passed", seen=item.version, by=first)


def _sign(issue: int) -> None:
    """The issue through the other reviews, signed off and sent."""
    from yuebao.desk import distribution, issues, recipients, reviews, signing
    from yuebao.desk.models import Account, DeskIssue, DeskItem

    people = {account.name: account for account in Account.objects.all()}
    for item in DeskItem.objects.filter(issue=issue):
        for level in ("second", "final"):
            reviews.review(item.pk, level, "passed", seen=item.version, by=people[level])
    now = DeskIssue.objects.get(pk=issue)
    for stage in ("submitted", "final"):
        now = issues.advance(now, stage, seen=now.version, by=people["editor"])
    issues.secrecy(now, "passed", by=people["proof"])
    now.refresh_from_db()
    now = signing.sign(issue, seen=now.version, by=people["final"], reason="已核，照原稿")
    for name, copies, mark in (("市委办公室", 2, "甲"), ("市人大常委会办公室", 2, "乙"), ("市档案馆", 1, "存")):
        recipients.add(name, copies, mark, by=people["editor"])
    distribution.distribute(now, by=people["editor"])
    distribution.received(now, [1, 2], "甘素心", by=people["editor"])


BEFORE: dict[str, Callable[[int], None]] = {"6-board": _accept, "9-reviews": _review, "10-copies": _sign}


def photograph(page: Page, address: str, path: Path) -> None:
    """A picture of the page, in few colours, so that it is small."""
    page.goto(address, wait_until="networkidle")
    page.screenshot(path=path)
    with Image.open(path) as taken:
        taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    if path.stat().st_size > LIMIT:
        sys.exit(f"{path.name}: {path.stat().st_size} bytes, {LIMIT} allowed")


def taken(home: Path, shots: tuple[tuple[str, str, str], ...]) -> None:
    """Pictures of the desk over a home, served as it is to users."""
    with (home / "desk-accounts.tsv").open(encoding="utf-8") as table:
        passwords = {row["账号"]: row["密码"] for row in csv.DictReader(table, delimiter="\t")}
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(home)], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
            for name, who, path in shots:
                page = browser.new_context(base_url=address, viewport=SIZE, locale="zh-CN").new_page()  # type: ignore[arg-type]
                page.goto("/desk/sign-in/")
                page.fill("[name=name]", who)
                page.fill("[name=password]", passwords[who])
                page.click("main form button")
                photograph(page, path, HERE / f"{name}.png")
            browser.close()
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        os.environ["YUEBAO_HOME"] = str(home)
        subprocess.run([*YUEBAO, "--quiet", "demo", "--no-serve", "--home", str(home)], check=True)
        from yuebao import archive

        archive.setup(home)
        waiting: list[tuple[str, str, str]] = []
        for shot in SHOTS:
            if step := BEFORE.get(shot[0]):
                taken(home, tuple(waiting))
                waiting = []
                step(1)
            waiting.append(shot)
        taken(home, tuple(waiting))


if __name__ == "__main__":
    main()
