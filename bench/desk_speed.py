"""How fast the pages of the desk answer: an issue of 500 items, 20 people at once, the server as it is served.

    python bench/desk_speed.py [ITEMS] [--people 20] [--seconds 60]     the figures as JSON: by page p50, p95 and how often it was asked

The issue is the sample month's copy, a dozen times over, each story accepted, four items of five waiting for their first review. Each
person asks for a page, reads one to three seconds, and asks for the next, of all pages that an editor opens; the server and those who ask
share the machine.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import itertools
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from measure import Figure, Measure, Row, printed_by

ITEMS = 500
PEOPLE = 20
SECONDS = 60.0
READS = (1.0, 3.0)  # seconds with a page
P95_MS = 200.0
PASSWORD = "bench of the desk 2026"
SERVER = "import sys; from yuebao import web; web.serve(sys.argv[1], port=0, on_ready=lambda url: print(url, flush=True))"

# what is measured: name, address within the issue ("/…": within the desk); N is the number of an item, C of a clipping, S of a story
PAGES = {
    "issues": "/", "issue": "", "copy": "copy/", "clipping": "copy/C/", "inbox": "inbox/", "story": "story/S/", "board": "board/",
    "findings": "board/survey/", "item": "item/N/", "history": "item/N/history/", "reviews": "reviews/", "signing": "signing/", "papers": "papers/",
    "commissions": "/commissions/", "contributors": "/contributors/", "used": "/used/", "recipients": "/recipients/",
    "accounts": "/accounts/", "office": "/office/", "audit": "/audit/",
}


def build(folder: Path, items: int, people: int) -> int:
    """A home with the sample year, an issue of so many items, and so many accounts; the id of the issue."""
    os.environ["YUEBAO_HOME"] = str(folder)
    from yuebao import archive, samples

    archive.setup(folder)
    list(archive.add(samples.year()))
    from yuebao.desk import accounts, copy, issues, stories
    from yuebao.desk.models import Account
    from yuebao.desk.permissions import ROLES

    roles = [role for role in ROLES if role != "contributor"]
    for n in range(people):
        accounts.create(f"person {n}", f"Person {n}", PASSWORD, roles, by=None)
    editor = Account.objects.get(name="person 0")
    issue = issues.open_issue("云陵月报", 2026, 1, 1, by=editor, serial_number=95)
    files = [(path.name, path.read_bytes()) for path in (samples.copy_register_path(), *samples.copy())]
    copy.take_all(issue, files, by=editor)
    stories.gather(issue, editor)
    _multiply(issue, editor, items)
    return int(issue.pk)


def _multiply(issue: Any, editor: Any, items: int) -> None:
    """The month's stories over and over, each under new numbers, until there are as many items; one month's stories stay open."""
    from yuebao.archive.engines import writing
    from yuebao.compile.values import Story
    from yuebao.desk import reviews
    from yuebao.desk.items import create
    from yuebao.desk.models import DeskStory, StoredClipping

    first = [(story, list(story.clippings.all())) for story in DeskStory.objects.filter(issue=issue)]
    texts, n_stories = StoredClipping.objects.filter(issue=issue).count(), len(first)
    with writing():
        for made in range(items):
            story, clippings = first[made % n_stories]
            after = texts * (made // n_stories + 1)
            again = DeskStory.objects.create(
                issue=issue, number=n_stories + made + 1, made=_renumbered(story.made, after), state="accepted", version=2)
            for clipping in clippings:
                StoredClipping.objects.create(
                    issue=issue, number=clipping.number + after, name=clipping.name, sha256=f"{clipping.sha256[:58]}{after:06d}",
                    data=clipping.data, origin_kind=clipping.origin_kind, contributor=clipping.contributor, outlet=clipping.outlet,
                    dated_on=clipping.dated_on, received_at=clipping.received_at, received_by=editor, headline=clipping.headline,
                    document=clipping.document | {"number": clipping.number + after}, story=again, state="used")
            whole = Story.from_dict(again.made)
            headline, item = whole.condensed.item.headline or "", whole.condensed.item
            kept = create(
                issue, headline=headline, text=item.text[len(headline) + 1 if headline else 0:], by=editor, clauses=whole.condensed.clauses,
                column_path=" / ".join(whole.proposals[0].path) if whole.proposals else "要闻", story=again)
            if made % 5:
                reviews.submit(kept.pk, seen=1, by=editor)


def _renumbered(made: Any, after: int) -> Any:
    """What compile made of a story, its clippings under numbers raised by `after`."""
    if isinstance(made, list):
        return [_renumbered(each, after) for each in made]
    if not isinstance(made, dict):
        return made
    numbered = {"clipping": lambda n: n + after, "clippings": lambda found: [n + after for n in found]}
    return {key: numbered[key](value) if key in numbered else _renumbered(value, after) for key, value in made.items()}


@contextlib.contextmanager
def served(home: Path) -> Iterator[tuple[str, int]]:
    """Host and port of the desk over a home, in a process of its own."""
    program = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(home)], stdout=subprocess.PIPE, text=True, env={**os.environ, "YUEBAO_HOME": str(home)})
    try:
        assert program.stdout is not None
        address = urlsplit(program.stdout.readline().strip())
        yield address.hostname or "", address.port or 0
    finally:
        program.terminate()
        program.wait(20)


class Person:
    """Somebody who is signed in and keeps the connection."""

    def __init__(self, host: str, port: int, name: str) -> None:
        self.connection = http.client.HTTPConnection(host, port, timeout=60)
        self.cookies: dict[str, str] = {}
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.ask("/desk/sign-in/")[1])
        assert token
        form = urlencode({"name": name, "password": PASSWORD, "csrfmiddlewaretoken": token[1]})
        status, _ = self.ask("/desk/sign-in/", form)
        if status != 303:
            raise RuntimeError(f"{name} is not signed in: {status}")

    def ask(self, path: str, form: str | None = None) -> tuple[int, str]:
        """Status and text of a page."""
        headers = {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items()), "Accept": "text/html"}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request("GET" if form is None else "POST", path, form, headers)
        answer = self.connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            key, _, value = cookie.split(";")[0].partition("=")
            self.cookies[key] = value
        return answer.status, answer.read().decode()


def addresses(issue: int, rng: random.Random, items: int) -> Iterator[tuple[str, str]]:
    """Pages without end, in a random order: name and address."""
    while True:
        for name in rng.sample(list(PAGES), len(PAGES)):
            path = re.sub(r"\b[NSC]\b", lambda _: str(rng.randint(1, min(items, 400))), PAGES[name])
            yield name, f"/desk{path}" if path.startswith("/") else f"/desk/{issue}/{path}"


def asked(host: str, port: int, issue: int, items: int, people: int, seconds: float) -> dict[str, list[float]]:
    """Milliseconds by page, of people who ask and read so long."""
    taken: dict[str, list[float]] = defaultdict(list)
    failed: list[str] = []
    everybody = [Person(host, port, f"person {n}") for n in range(people)]
    for _, path in itertools.islice(addresses(issue, random.Random(0), items), 3 * len(PAGES)):
        everybody[0].ask(path)  # warm, as on any day but the first minute of it
    until = time.perf_counter() + seconds

    def work(person: Person, seed: int) -> None:
        rng = random.Random(seed)
        time.sleep(rng.uniform(0, READS[1]))
        for name, path in addresses(issue, rng, items):
            if time.perf_counter() > until:
                return
            start = time.perf_counter()
            status, _ = person.ask(path)
            taken[name].append((time.perf_counter() - start) * 1000)
            if status != 200:
                failed.append(f"{status} {path}")
            time.sleep(rng.uniform(*READS))

    threads = [threading.Thread(target=work, args=(person, seed)) for seed, person in enumerate(everybody)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise RuntimeError(f"{len(failed)} pages failed: {', '.join(sorted(set(failed))[:5])}")
    return taken


def measured(items: int, people: int, seconds: float) -> dict[str, dict[str, float]]:
    """By page, and over all of them: p50, p95 in milliseconds and how often it was asked."""
    folder = Path(tempfile.mkdtemp(prefix="yuebao-desk-"))
    try:
        issue = build(folder / "home", items, people)
        with served(folder / "home") as (host, port):
            taken = asked(host, port, issue, items, people, seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    taken["all"] = [one for times in list(taken.values()) for one in times]
    return {name: {"p50": _rounded(times, 50), "p95": _rounded(times, 95), "asked": len(times)} for name, times in taken.items()}


def _rounded(times: list[float], percent: int) -> float:
    return round(statistics.quantiles(times, n=100, method="inclusive")[percent - 1] if len(times) > 1 else times[0], 1)


def fill() -> dict[str, Figure]:
    found = json.loads(printed_by(__file__))
    return {
        f"desk_p95_{name}": Figure(of["p95"], f"p50 {of['p50']} ms, asked {of['asked']} times, {ITEMS} items, {PEOPLE} people")
        for name, of in found.items()
    }


MEASURES = (Measure(
    "desk_speed", tuple(Row(f"desk_p95_{name}", "ms", at_most=P95_MS) for name in (*PAGES, "all")), fill),)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("items", type=int, nargs="?", default=ITEMS)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    said = parser.parse_args()
    print(json.dumps(measured(said.items, said.people, said.seconds), indent=1))


if __name__ == "__main__":
    main()
