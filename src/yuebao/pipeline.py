"""The order of the stages: read, structure, annotate, proof, publish. Pure but for the files that it is told to read and write."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from yuebao.annotate import annotate, annotate_text
from yuebao.compile.intake import Enclosure, Parts, Refused, day_of, flags_of, part
from yuebao.compile.register import LINES_OF_TEXTS, REGISTERS, Registered, register_of, texts_of
from yuebao.compile.values import Clause, Clipping, Condensed, Draft, Foreign, OriginKind, Story
from yuebao.errors import InputError, UsageError, YuebaoError
from yuebao.model import (
    Annotation,
    Column,
    Finding,
    Findings,
    Issue,
    Item,
    Masthead,
    ModelError,
    PersonValue,
    Source,
    canonical,
    from_json,
)
from yuebao.proof import proof
from yuebao.proof.collate import ACCEPTED, Collation, collate
from yuebao.proof.copies import Copy, copy_of_issue, copy_of_source
from yuebao.proof.evidence import NOTHING, Evidence
from yuebao.proof.fix import Corrected, fixed
from yuebao.proof.imprint import classified_mark
from yuebao.publish import Setting, Withheld, public_edition, publish
from yuebao.read import is_readable, margins, read
from yuebao.read.mail import is_letter, read_letter
from yuebao.read.text import MARKS, source_of
from yuebao.read.web_page import Page, is_page, page_of
from yuebao.structure import structure, structure_lines, structure_single
from yuebao.text import squeeze

Edition = Literal["internal", "public"]
FORMATS = {".md": "md", ".htm": "html", ".xml": "tei"}  # endings that are not the format's own name
MANIFEST = ".yuebao-published.json"  # in a published folder: its files and their sha256

NO_COPY = ("Thumbs.db", "desktop.ini", *REGISTERS)  # files in a folder of copy that are none
LONGEST_COPY = 500_000  # characters of one text that comes as copy; a government's report of its year has some 30,000
DEEPEST_LETTER = 3  # letters within letters

_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*(?:"|\})')


def read_file(path: Path) -> bytes:
    """The bytes of a file. Raises InputError: E104 not there, E105 no rights, E108 any other failure."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError("E104", name=str(path)) from None
    except PermissionError:
        raise InputError("E105", name=str(path)) from None
    except OSError as error:
        raise InputError("E108", name=str(path), reason=error.strerror or str(error)) from None


def read_bytes(name: str, data: bytes, outline: str | None = None) -> tuple[Issue, Source | None]:
    """The annotated issue of a file's bytes, and its Source (None where the bytes are an issue document). Raises InputError, UsageError."""
    if is_document(data):
        return load_document(name, data), None
    source = read(name, data)
    return annotate(structure(source, outline)), source


def read_issue(path: str | Path, outline: str | Path | None = None) -> Issue:
    """The issue document of a file: read, structured, annotated.

    `outline` names a file of column titles, one a line, two spaces a level. Raises InputError (a file that cannot be read) and
    UsageError (a wrong outline); anything doubtful in between is in `issue.problems`.
    """
    path = Path(path)
    text = read_outline(Path(outline)) if outline is not None else None
    return read_bytes(path.name, read_file(path), text)[0]


def annotate_single(name: str, data: bytes, on: date | None = None) -> Item:
    """The item of any single text (a news report): `headline` None where it has none, one entry, annotated.

    `on` is its day: what it says of months and days without a year is of that time. Raises InputError, and UsageError E203 for an
    issue document, which is annotated item by item.
    """
    if is_document(data):
        raise UsageError("E203", reason=f"{name} 是期次文档，不是单篇文稿", command="annotate")
    year, month = (on.year, on.month) if on else (None, None)
    item = structure_single(read(name, data), year, month)
    return replace(item, annotations=annotate_text(item.text, year, month))


def read_lines(name: str, data: bytes) -> tuple[Issue, Source]:
    """Any plain text as an issue of its lines, each an item by itself, annotated: for proofing what is no bulletin. Raises InputError."""
    source = read(name, data)
    return annotate(structure_lines(source)), source


def fix_file(name: str, data: bytes, outline: str | None = None, as_text: bool = False) -> tuple[bytes, Corrected]:
    """A text file's bytes with everything carried out that is certain, in its own encoding, and what was done. The file is not written.

    Raises InputError E109 for an issue document or for bytes that could not be decoded: they could not be written as they were.
    """
    if is_document(data):
        raise InputError("E109", name=name)
    source = read(name, data)
    if "\ufffd" in source.text:
        raise InputError("E109", name=name)

    def again(text: str) -> tuple[Issue, Source, tuple[Finding, ...]]:
        encoded = encoded_as(text, source, data)
        issue, anew = read_lines(name, encoded) if as_text else read_bytes(name, encoded, outline)
        assert anew is not None
        return issue, anew, proof_issue(issue, anew).findings

    result = fixed(source, again)
    return (encoded_as(result.text, source, data) if result.done else data), result


def encoded_as(text: str, source: Source, data: bytes) -> bytes:
    """A corrected text of the source in the encoding of the bytes that it was read from, with their byte order mark."""
    encoding = source.info.encoding or "utf-8"
    mark = next((mark for mark, of in MARKS if of == encoding and data.startswith(mark)), b"")
    return mark + text.encode(encoding)


def read_findings(path: Path) -> Findings:
    """The findings document in a file. Raises InputError E106 where it is none."""
    try:
        findings = from_json(read_file(path).decode("utf-8"))
    except (UnicodeDecodeError, ModelError) as error:
        raise InputError("E106", name=str(path), reason=str(error)[:200]) from None
    if not isinstance(findings, Findings):
        raise InputError("E106", name=str(path), reason="an issue, not findings")
    return findings


def read_outline(path: Path) -> str:
    """The text of an outline file. Raises InputError where it cannot be read or is no text."""
    return read(path.name, read_file(path)).text


def is_document(data: bytes) -> bool:
    """Whether the bytes are an issue document, whole or damaged, and not a text: no bulletin begins with a JSON object."""
    return _OBJECT.match(data) is not None


def load_document(name: str, data: bytes) -> Issue:
    """The issue of an issue document's bytes, annotated if it was not. Raises InputError E106."""
    try:
        issue = from_json(data.decode("utf-8"))
    except (UnicodeDecodeError, ModelError) as error:
        raise InputError("E106", name=name, reason=str(error)[:200]) from None
    if not isinstance(issue, Issue):
        raise InputError("E106", name=name, reason="findings, not an issue")
    return issue if issue.annotated_by else annotate(issue)


def proof_issue(
    issue: Issue, source: Source | None = None, run: Sequence[Masthead] = (), earlier: Sequence[Issue] = (), evidence: Evidence = NOTHING,
) -> Findings:
    """The findings of an issue. `source` gives them line and page, `run` (mastheads of its neighbours) the arithmetic across issues.

    `earlier`: the issues before it, for what has been said of the same thing already; `evidence`: what the register and the office's own
    tables say. Nothing of them is kept.
    """
    return proof(issue, source, run, earlier, evidence)


def collate_files(old: tuple[str, bytes], new: tuple[str, bytes], decisions: Sequence[Finding] = ()) -> Collation:
    """Everything that differs between two files (name and bytes), each a text, a PDF or an issue document. Raises InputError.

    Two files are compared as they stand; where one is an issue document, which has no lines, both are compared field by field.
    `decisions`: findings of the old file; those whose state is `accepted` are looked for in the new one.
    """
    accepted = [finding for finding in decisions if finding.state == ACCEPTED]
    read_old, read_new = _structured(*old), _structured(*new)
    if read_old[1] is None or read_new[1] is None:
        return collate(copy_of_issue(*read_old), copy_of_issue(*read_new), accepted)
    return collate(_copy(*read_old, *read_new), _copy(*read_new, *read_old), accepted)


def _structured(name: str, data: bytes) -> tuple[Issue, Source | None]:
    if is_document(data):
        return load_document(name, data), None
    source = read(name, data)
    return structure(source), source


def _copy(issue: Issue, source: Source | None, other: Issue, _: Source | None) -> Copy:
    """The copy of a file. The running heads of one with pages are known by the titles of both."""
    assert source is not None
    titles = [column.title or "" for column in _all_columns((*issue.columns, *other.columns))]
    return copy_of_source(source, issue, frozenset(squeeze(title) for title in titles))


def _all_columns(columns: Sequence[Column]) -> Iterator[Column]:
    for column in columns:
        yield column
        yield from _all_columns(column.columns)


def publish_issue(
    issue: Issue, path: str | Path, setting: Setting | None = None, format: str | None = None, edition: Edition = "internal",
) -> tuple[Withheld, ...]:
    """Write the issue at `path`, a file or (html) a folder, whole or not at all; what the edition withholds.

    `format`: default by the name's ending, PDF where it has none. What is not set is as `default_setting` has it.
    Raises InputError E501, E502, E503 and UsageError E202, E203.
    """
    path = Path(path)
    issue, withheld = public_edition(issue) if edition == "public" else (issue, ())
    ending = path.suffix.lower()
    made = publish(issue, format or FORMATS.get(ending, ending.lstrip(".") or "pdf"), setting or default_setting())
    if isinstance(made, bytes):
        write_whole(path, made)
    else:
        write_folder(path, made)
    return withheld


def default_setting(pictures: Mapping[str, bytes] | None = None) -> Setting:
    """The setting where nothing is chosen: the office's own fonts from the folders that YUEBAO_FONTS names, by role from YUEBAO_FAMILIES
    (song=方正书宋;fang=仿宋_GB2312). Raises InputError E504 for what is no such list.
    """
    from yuebao.publish.fonts import families_of  # fonts take long to load, and most commands set nothing

    folders = tuple(Path(p) for p in os.environ.get("YUEBAO_FONTS", "").split(os.pathsep) if p)
    return Setting(fonts=folders, families=families_of(os.environ.get("YUEBAO_FAMILIES", "")), pictures=pictures or {})


def pictures_of(path: Path, source: Source | None) -> dict[str, bytes]:
    """The pictures of a file by their sha256: those in a source, or those beside an issue document (in NAME.pictures)."""
    if source is not None:
        return {picture.sha256: picture.data for picture in source.pictures}
    folder = path.with_suffix(".pictures")
    held = [read_file(picture) for picture in sorted(folder.iterdir()) if picture.is_file()] if folder.is_dir() else []
    return {hashlib.sha256(data).hexdigest(): data for data in held}


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Put the files in a folder at `path`: it is there whole or as it was. Only a folder that was put so is replaced (its MANIFEST tells).

    Raises UsageError E202.
    """
    manifest = canonical({name: hashlib.sha256(data).hexdigest() for name, data in files.items()}).encode()
    try:
        path = path.resolve()
        if path.is_dir() and (path / MANIFEST).is_file() and (path / MANIFEST).read_bytes() == manifest:
            return
        if path.exists() and not (path.is_dir() and ((path / MANIFEST).is_file() or not any(path.iterdir()))):
            raise UsageError("E202", name=str(path), reason="文件夹里已有别的文件 / there are other files in this folder")
        with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as made:
            new = Path(made) / "new"
            for name, data in {**files, MANIFEST: manifest}.items():
                (new / name).parent.mkdir(parents=True, exist_ok=True)
                (new / name).write_bytes(data)
            old = Path(made) / "old"
            if path.exists():
                path.rename(old)
            try:
                new.rename(path)
            except OSError:
                if old.exists():
                    old.rename(path)
                raise
    except OSError as error:
        raise UsageError("E202", name=str(path), reason=error.strerror or str(error)) from None


def write_whole(path: Path, data: bytes) -> None:
    """Put the bytes at `path`: the file is there whole or as it was; one that holds them already is not touched.

    Raises UsageError E202.
    """
    try:
        path = path.resolve()  # a link stays one: what it points to is written
        if path.exists() and not path.is_file():  # a device or pipe takes what comes and is never replaced
            path.write_bytes(data)
            return
        if path.is_file() and path.read_bytes() == data:
            return
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
            mask = os.umask(0)
            os.umask(mask)
            Path(name).chmod(0o666 & ~mask)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UsageError("E202", name=str(path), reason=error.strerror or str(error)) from None


# ---- a month's copy ----


def refuse_classified(name: str, text: str, data: bytes = b"") -> None:
    """Raise InputError E110 where a text, the name of its file or the margins of its pages bear a mark of secrecy: nothing may be kept."""
    if mark := classified_mark(text) or classified_mark(Path(name).stem) or classified_mark(margins(name, data)):
        raise InputError("E110", name=name, mark=mark)


def enclosures(name: str, data: bytes) -> tuple[Enclosure, ...]:
    """The texts that a file brings: of a letter those enclosed, where one of them can be read, else what is written in it.

    Raises InputError for a letter that cannot be read, and E110 where it bears a mark of secrecy: its enclosures are refused with it.
    """
    return tuple(_enclosed(name, data, 0))


def _enclosed(name: str, data: bytes, depth: int) -> Iterator[Enclosure]:
    if not is_letter(data) or depth > DEEPEST_LETTER:
        yield Enclosure(name, data)
        return
    letter = read_letter(name, data)
    refuse_classified(name, f"{letter.subject or ''}\n{letter.text}")
    inner = [each for held in letter.enclosures for each in _enclosed(*held, depth + 1)]
    if any(_is_readable(each) for each in inner):
        yield from (replace(each, dated_on=each.dated_on or letter.sent_on, sender=each.sender or letter.sender) for each in inner)
    else:
        yield Enclosure(name, data, letter.sent_on, letter.sender)
        yield from (replace(each, dated_on=letter.sent_on, sender=letter.sender) for each in inner)


def _is_readable(enclosure: Enclosure) -> bool:
    """Whether an enclosure looks like a text: no picture, nothing that no reader takes."""
    return is_readable(enclosure.name, enclosure.data)


def take_copy(
    name: str, data: bytes, number: int, *, origin_kind: OriginKind = "contributed", contributor: str | None = None,
    outlet: str | None = None, on: date | None = None,
) -> Clipping:
    """The clipping of the bytes of one text, registered under `number`; `on` is its day, else it is looked for in the text.

    A letter is taken by the one text that it brings. Raises InputError: E110 for a mark of secrecy, E114 for a letter with several texts,
    others for what cannot be read.
    """
    brought = enclosures(name, data)
    if len(brought) > 1:
        brought = tuple(filter(_is_readable, brought))
    if len(brought) != 1:
        raise InputError("E114", name=name, count=len(brought))
    clipping = take_enclosure(brought[0], number, origin_kind=origin_kind, contributor=contributor, outlet=outlet, on=on)
    return replace(clipping, name=name, sha256=hashlib.sha256(data).hexdigest())


def take_enclosure(
    enclosure: Enclosure, number: int, *, origin_kind: OriginKind = "contributed", contributor: str | None = None,
    outlet: str | None = None, on: date | None = None,
) -> Clipping:
    """The clipping of one text that `enclosures` gives; as `take_copy`."""
    name, data = enclosure.name, enclosure.data
    if is_document(data):
        raise UsageError("E203", reason=f"{name} 是期次文档，不是来稿", command="compile")
    source = read(name, data)
    refuse_classified(name, source.text, data)
    if len(source.text) > LONGEST_COPY:
        raise InputError("E103", name=name, size=f"{len(source.text) / 1e6:.1f}", limit=f"{LONGEST_COPY / 1e6:.1f}")
    page = page_of(data) if is_page(name, data) else Page(None, None, None)
    parts = _parts_of_letter(name, data) if is_letter(data) else part(source.text.replace("\0", ""), page.main)
    day = on or day_of(parts, enclosure.dated_on or page.published_on)
    year, month = (day.year, day.month) if day else (None, None)
    item = structure_single(source_of(name, parts.text), year, month)
    item = replace(item, origin=(), annotations=annotate_text(item.text, year, month))
    contributor = contributor or (enclosure.sender if origin_kind == "contributed" else None)
    outlet = outlet or (page.outlet if origin_kind == "reprinted" else None)
    return Clipping(
        number, name, hashlib.sha256(data).hexdigest(), origin_kind, contributor, outlet, day.isoformat() if day else None, item,
        parts.left_out, flags_of(item.text, item.annotations))


def _parts_of_letter(name: str, data: bytes) -> Parts:
    """The parts of what is written in a letter; its subject is the headline where the text has none."""
    letter = read_letter(name, data)
    parts = part(letter.text.replace("\0", ""))
    return parts if parts.headline or not letter.subject else part(f"{letter.subject}\n\n{letter.text}".replace("\0", ""))


def take_folder(path: Path) -> Iterator[Clipping | Refused]:
    """The copy in a folder, in order of name, numbered from 1; what was sent twice once, and what is not taken with the reason.

    A register beside the files (copy.tsv or 来稿登记.tsv) may say of each who sent it; where it does not, the sub-folder it lies in is the
    contributor. Each line of a .jsonl file is a text. Raises UsageError E113 for a fault of the register, InputError for no such folder.
    """
    seen: set[str] = set()
    number = 0
    for name, registered, data in _in_folder(path):
        try:
            if isinstance(data, YuebaoError):
                raise data
            for enclosure in enclosures(name, data):
                if (digest := hashlib.sha256(enclosure.data).hexdigest()) in seen:
                    continue
                seen.add(digest)
                clipping = take_enclosure(
                    enclosure, number + 1, origin_kind=registered.origin_kind, contributor=registered.contributor, outlet=registered.outlet,
                    on=registered.on)
                number += 1
                yield clipping
        except YuebaoError as error:
            yield Refused(name, error.code, error.message(), error.advice())


def _in_folder(path: Path) -> Iterator[tuple[str, Registered, bytes | YuebaoError]]:
    """Each text in a folder: its name, what is registered of it, its bytes or why they cannot be read. Links, hidden files are left."""
    if not path.is_dir():
        raise InputError("E104", name=str(path))
    register = _register_in(path)
    for file in sorted(path.rglob("*")):
        within = file.relative_to(path)
        if not file.is_file() or file.is_symlink() or any(p.startswith((".", "~$")) for p in within.parts) or within.name in NO_COPY:
            continue
        name = within.as_posix()
        at_first = Registered(contributor=within.parts[0] if len(within.parts) > 1 else None)
        registered = register.get(name) or register.get(within.name) or at_first
        try:
            data = read_file(file)
            if file.suffix == LINES_OF_TEXTS:
                yield from texts_of(name, read(name, data).text, registered)
            else:
                yield name, registered, data
        except YuebaoError as error:
            yield name, registered, error


def _register_in(path: Path) -> dict[str, Registered]:
    found = next((path / name for name in REGISTERS if (path / name).is_file()), None)
    return register_of(found.name, read(found.name, read_file(found)).text) if found else {}


def compile_stories(
    clippings: Sequence[Clipping], run: Sequence[Issue], year: int, month: int,
    corrections: Sequence[tuple[Item, tuple[str, ...]]] = (), told: Callable[[int, int], None] | None = None,
) -> tuple[Story, ...]:
    """The stories of a month's copy, each with its item in the house form, the columns proposed for it and what its reports differ in.

    `run`: issues of the back run; `corrections`: items that a person put in another column; `told` hears how many of how many are made.
    """
    from yuebao.compile.draft import nearest_last, stories_of  # loads numpy, and most commands compile nothing

    run = nearest_last(run, year, month)
    return stories_of(clippings, _condensing(clippings, run, year, month), run, corrections, told)


def compile_story(
    clippings: Sequence[Clipping], run: Sequence[Issue], year: int, month: int, corrections: Sequence[tuple[Item, tuple[str, ...]]] = (),
) -> Story:
    """The story of clippings that people have put together, whatever would be gathered of them; as `compile_stories`."""
    from yuebao.compile.columns import columns_of
    from yuebao.compile.draft import nearest_last, story_of

    run = nearest_last(run, year, month)
    return story_of(clippings, _condensing(clippings, run, year, month), columns_of(run, corrections))


def _condensing(clippings: Sequence[Clipping], run: Sequence[Issue], year: int, month: int) -> Callable[[Sequence[Clipping]], Condensed]:
    """How the reports of one event are condensed, in the habits of the run, with the names that the month's copy knows."""
    from yuebao.compile.condense import condense
    from yuebao.compile.habits import habits_of

    habits = habits_of(run)
    names = frozenset(a.value.name for c in clippings for a in c.item.annotations if isinstance(a.value, PersonValue))

    def annotated(text: str) -> tuple[Annotation, ...]:
        return annotate_text(text, year, month, names)

    return lambda reports: condense(reports, habits, annotated)


def compile_month(
    clippings: Sequence[Clipping], masthead: Masthead, run: Sequence[Issue] = (), told: Callable[[int, int], None] | None = None,
) -> Draft:
    """The draft of a month: its stories in their columns and order, its gaps, its pages. Raises UsageError E203: no month."""
    from yuebao.compile.draft import draft_of, nearest_last

    if masthead.year is None or masthead.month is None:
        raise UsageError("E203", reason="没有写明年月", command="compile")
    stories = compile_stories(clippings, run, masthead.year, masthead.month, told=told)
    return draft_of(clippings, stories, masthead, nearest_last(run, masthead.year, masthead.month))


def check_item(
    text: str, clauses: Sequence[Clause], clippings: Sequence[Clipping], year: int, month: int, city: str | None = None,
) -> tuple[Foreign, ...]:
    """What none of the clippings of an item's story holds of its text as a person left it; `clauses` are those of before.

    `city`: the house's own (云陵市), where it is printed for 我市. Empty where all of it is in the sources.
    """
    from yuebao.compile.gate import gate
    from yuebao.compile.gate_found import realigned

    names = frozenset(a.value.name for c in clippings for a in c.item.annotations if isinstance(a.value, PersonValue))
    return gate(text, realigned(text, clauses, clippings, city), clippings, annotate_text(text, year, month, names), city)


def draft_issue(draft: Draft) -> tuple[Issue, Source]:
    """The draft as an annotated issue document, fit to be proofed and published, and its source: the copy of the month."""
    from yuebao.compile.draft import issue_of

    issue, source = issue_of(draft)
    return annotate(issue), source
