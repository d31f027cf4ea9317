"""The record as a BagIt bag (RFC 8493): a folder that reads without this program, and from which an empty archive is filled again.

    data/README.txt                    what is here, for whoever finds it in forty years
    data/issues.tsv                    the issues, a row each
    data/issues/KEY/issue.json         what the issue is filed under
    data/issues/KEY/N/document.json    a revision as kept, canonical JSON, and source/NAME the file it was read from, outline.txt
    data/issues/KEY/N/revision.json    when it came, its hashes, whether it is the current one; problems: what the reader noted
    data/decisions.jsonl               people's decisions, in order, each with its hash
    data/lexicon/…                     the office's own lexicons
    data/searches.json                 the saved searches, where there are any
    data/desk/…                        what the desk keeps (`archive.beside`), accounts and audit log among it
    data/published/KEY.FORMAT          the current revision as a book, where asked for

A backup is the same bag, without published files, in one zip file.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

from django.db import connection, transaction

from yuebao import pipeline
from yuebao.archive import beside, decisions, derived, fulltext, record, register
from yuebao.archive.engines import writing
from yuebao.archive.models import Decision, Revision, Series, StoredIssue
from yuebao.archive.places import home_path, lexicon_path, searches_path
from yuebao.archive.sealing import seal_of
from yuebao.archive.trouble import told
from yuebao.errors import ArchiveError, InputError, UsageError
from yuebao.model import Issue, Json, ModelError, Problem, canonical, from_json
from yuebao.publish import publish

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
README = """这个文件夹是一份存档，依 BagIt（RFC 8493）存放，不用任何专门软件也能读。

issues.tsv        各期一览：键、资料名称、年、月、期、总期、发布日期
issues/键/序号/   每期的各个版本：document.json 是期次文档（UTF-8 的 JSON，文字都在 text 里），source/ 下是收到的原文件
decisions.jsonl   人所作的处理，每行一条，先后相扣（decision_hash 由本条与上一条的哈希算出）
lexicon/          本单位自己的词表
searches.json     已保存的检索
desk/             编辑台的各张表，每表一个文件、每行一条；files/ 下是来稿、扫描件、成书的原样
                  其中 Account.jsonl 有密码的散列，请按内部资料保管
published/        各期成书

上一级的 manifest-sha256.txt 列出每个文件的 SHA-256，可用 sha256sum -c 或 bagit.py 核验。
"""
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
CHUNK = 1 << 20

Progress = Callable[[int, int, str], None]
Entry = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Carried:
    """What an export or import carried: issues, revisions, decisions."""

    issues: int
    revisions: int
    decisions: int


def export_bag(folder: Path, formats: Sequence[str] = (), on_progress: Progress | None = None) -> Carried:
    """Write the record as a bag at `folder`, whole or not at all; `formats`: as what each current revision is published beside it.

    Raises UsageError E202 (it is there already, or cannot be written), ArchiveError.
    """
    if folder.exists():
        raise UsageError("E202", name=str(folder), reason="已存在 / it is there already")
    try:
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as made:
            bag = Path(made) / "bag"
            carried = _fill(bag, formats, on_progress)
            bag.rename(folder)
    except OSError as error:
        raise UsageError("E202", name=str(folder), reason=error.strerror or str(error)) from None
    return carried


def import_bag(folder: Path, on_progress: Progress | None = None) -> Carried:
    """Fill the archive, which must be empty, from a bag: the same record, hash for hash; what is derived is made anew.

    Every file is held against the manifest before anything is written, and all is written in one transaction. Raises ArchiveError E408
    (not empty), InputError E104, E111 (no bag, or a damaged one: the file is named).
    """
    with told():
        is_desk_held = any(kept.is_held() for kept in beside.all_kept() if (folder / "data" / kept.folder).is_dir())
        if StoredIssue.objects.exists() or Decision.objects.exists() or is_desk_held:
            raise ArchiveError("E408", name=str(home_path()))
    _hold_against_manifest(folder)
    with told():
        with writing():
            noted, revisions = _restore_issues(folder / "data")
            count = _restore_decisions(folder / "data")
            _restore_beside(folder / "data")
        _restore_lexicons(folder / "data" / "lexicon")
        _restore_searches(folder / "data" / searches_path(home_path()).name)
        for done, (key, problems) in enumerate(noted.items(), 1):
            record.rederive(key, problems)
            if on_progress:
                on_progress(done, len(noted), key)
        derived.drop_unnamed()
        register.mark_all()
        fulltext.remake()
        register.follow()
    return Carried(len(noted), revisions, count)


def backup(file: Path, on_progress: Progress | None = None) -> Carried:
    """Write the record as one zip file, whole or not at all, while others may read and write. Raises UsageError E202, ArchiveError."""
    try:
        with tempfile.TemporaryDirectory(prefix=f".{file.name}.", dir=file.parent) as made:
            bag = Path(made) / "bag"
            carried = _fill(bag, (), on_progress)
            packed = Path(made) / "packed"
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                for path in sorted(bag.rglob("*")):
                    if path.is_file():
                        archive.write(path, path.relative_to(bag).as_posix())
            packed.replace(file)
    except OSError as error:
        raise UsageError("E202", name=str(file), reason=error.strerror or str(error)) from None
    return carried


def restore(file: Path, on_progress: Progress | None = None) -> Carried:
    """Fill the archive, which must be empty, from a backup. Raises as `import_bag` does."""
    with _unpacked(file) as folder:
        return import_bag(folder, on_progress)


# ---- out ----


def _fill(bag: Path, formats: Sequence[str], on_progress: Progress | None) -> Carried:
    """Write the whole bag into a folder that is not there yet, as the record stands at one moment."""
    digests: dict[str, str] = {}
    size = 0
    with told(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        keys = list(StoredIssue.objects.order_by("key").values_list("key", flat=True))
        counts = Carried(len(keys), Revision.objects.count(), Decision.objects.count())
        for name, data in _entries(keys, formats, on_progress):
            path = bag / "data" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            digests[f"data/{name}"] = hashlib.sha256(data).hexdigest()
            size += len(data)
    tags = {
        "bagit.txt": DECLARATION,
        "bag-info.txt": f"Bag-Software-Agent: yuebao\nBagging-Date: {datetime.now(UTC).date()}\nPayload-Oxum: {size}.{len(digests)}\n",
        MANIFEST: _manifest(digests),
    }
    tags[TAG_MANIFEST] = _manifest({name: hashlib.sha256(text.encode()).hexdigest() for name, text in tags.items()})
    for name, text in tags.items():
        (bag / name).write_bytes(text.encode())
    return counts


def _manifest(digests: dict[str, str]) -> str:
    return "".join(f"{digest}  {name.replace('%', '%25')}\n" for name, digest in sorted(digests.items()))


def _entries(keys: Sequence[str], formats: Sequence[str], on_progress: Progress | None) -> Iterator[Entry]:
    yield "README.txt", README.encode()
    yield "issues.tsv", _listed().encode()
    for done, key in enumerate(keys, 1):
        stored = StoredIssue.objects.select_related("series", "derivation").get(key=key)
        yield f"issues/{key}/issue.json", canonical(_filed(stored)).encode()
        for revision in stored.revisions.order_by("sequence"):
            yield from _revision(key, revision, _noted(stored) if revision.is_current else [])
        for format in formats:
            made = publish(record.show(key), format, pipeline.default_setting())
            yield from _published(key, format, made)
        if on_progress:
            on_progress(done, len(keys), key)
    yield "decisions.jsonl", "".join(canonical(_decision(row)) + "\n" for row in Decision.objects.order_by("sequence")).encode()
    folder = lexicon_path(home_path())
    for path in sorted(folder.glob("*.tsv")) if folder.is_dir() else ():
        yield f"lexicon/{path.name}", path.read_bytes()
    searches = searches_path(home_path())
    if searches.is_file():
        yield searches.name, searches.read_bytes()
    for kept in beside.all_kept():
        yield from ((f"{kept.folder}/{name}", data) for name, data in kept.entries())


def _listed() -> str:
    rows = ["key\ttitle\tplace\tyear\tmonth\tnumber\tserial_number\tpublished_on"]
    for line in record.issues():
        cells = (line.key, line.title, line.place, line.year, line.month, line.number, line.serial_number, line.published_on)
        rows.append("\t".join("" if cell is None else str(cell) for cell in cells))
    return "\n".join(rows) + "\n"


def _filed(stored: StoredIssue) -> dict[str, Json]:
    return {
        "title": stored.series.title, "place": stored.series.place, "year": stored.year, "month": stored.month, "number": stored.number,
        "serial_number": stored.serial_number, "published_on": stored.published_on.isoformat() if stored.published_on else None,
    }


def _noted(stored: StoredIssue) -> list[Json]:
    derivation = getattr(stored, "derivation", None)
    return list(derivation.problems) if derivation else []


def _revision(key: str, revision: Revision, problems: list[Json]) -> Iterator[Entry]:
    at = f"issues/{key}/{revision.sequence}"
    yield f"{at}/document.json", revision.document.encode("utf-8", "surrogatepass")
    yield f"{at}/source/{_file_name(revision.source_name)}", zlib.decompress(revision.source)
    if revision.outline is not None:
        yield f"{at}/outline.txt", revision.outline.encode()
    said = {
        "sequence": revision.sequence, "content_hash": revision.content_hash, "source_name": revision.source_name,
        "source_sha256": revision.source_sha256, "added_at": revision.added_at.astimezone(UTC).isoformat(),
        "is_current": revision.is_current, "seal": revision.seal, "problems": problems,
    }
    yield f"{at}/revision.json", canonical(said).encode()


def _file_name(name: str) -> str:
    """The name of a source file as one that every file system takes; the true one is in revision.json."""
    plain = "".join("_" if c in '/\\:*?"<>|\0' or c < " " else c for c in name).strip(". ")
    return plain or "source"


def _published(key: str, format: str, made: bytes | object) -> Iterator[Entry]:
    if isinstance(made, bytes):
        yield f"published/{key}.{format}", made
    elif isinstance(made, dict):
        yield from ((f"published/{key}.{format}/{name}", data) for name, data in made.items())


def _decision(row: Decision) -> dict[str, Json]:
    return {
        "sequence": row.sequence, "kind": row.kind, "statement": row.statement, "decided_by": row.decided_by,
        "decided_at": row.decided_at.astimezone(UTC).isoformat(), "decision_hash": row.decision_hash,
    }


# ---- in ----


def _hold_against_manifest(folder: Path) -> None:
    """Raise InputError E111 unless the folder is a bag and every file in it is as its manifest says."""
    if not folder.is_dir():
        raise InputError("E104", name=str(folder))
    if not (folder / "bagit.txt").is_file() or not (folder / MANIFEST).is_file():
        raise InputError("E111", name=str(folder), reason="没有 bagit.txt 或 manifest-sha256.txt / no bagit.txt or no manifest")
    said = _said(folder, MANIFEST)
    for name, digest in {**said, **_said(folder, TAG_MANIFEST)}.items():
        path = folder / name
        if not _is_within(name) or not path.is_file():
            raise InputError("E111", name=str(folder), reason=f"缺少文件 / missing: {name}")
        if _digest(path) != digest:
            raise InputError("E111", name=str(folder), reason=f"文件与清单不符 / altered: {name}")
    more = {path.relative_to(folder).as_posix() for path in (folder / "data").rglob("*") if path.is_file()} - set(said)
    if more:
        raise InputError("E111", name=str(folder), reason=f"清单上没有 / not in the manifest: {min(more)}")


def _said(folder: Path, manifest: str) -> dict[str, str]:
    """The files of a manifest with their digests."""
    path = folder / manifest
    try:
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    except UnicodeDecodeError:
        raise InputError("E111", name=str(folder), reason=f"{manifest} 不是 UTF-8 / not UTF-8") from None
    parts = [line.split(None, 1) for line in lines if line.strip()]
    return {name[1].strip().replace("%25", "%"): name[0].lower() for name in parts if len(name) == 2}


def _is_within(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _restore_issues(data: Path) -> tuple[dict[str, tuple[Problem, ...]], int]:
    """Keep every revision of every issue; what the reader noted of the current ones, by key, and how many revisions there are."""
    noted: dict[str, tuple[Problem, ...]] = {}
    count = 0
    for folder in sorted(path for path in (data / "issues").glob("*") if path.is_dir()):
        revisions = sorted((_read_revision(path) for path in folder.iterdir() if path.is_dir()), key=lambda pair: pair[0].sequence)
        if sum(row.is_current for row, _ in revisions) != 1:
            raise InputError("E111", name=str(data.parent), reason=f"没有当前版本 / no current revision: {folder.name}")
        stored = _restore_issue(folder)
        for row, problems in revisions:
            row.issue = stored
            row.save(force_insert=True)
            if row.is_current:
                noted[stored.key] = problems
        count += len(revisions)
    return noted, count


def _restore_issue(folder: Path) -> StoredIssue:
    try:
        said = json.loads((folder / "issue.json").read_text(encoding="utf-8"))
        series, _ = Series.objects.get_or_create(title=said.pop("title"), place=said.pop("place"))
        day = said.pop("published_on")
        return StoredIssue.objects.create(series=series, key=folder.name, published_on=date.fromisoformat(day) if day else None, **said)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError("E111", name=str(folder), reason=str(error)[:200]) from None


def _read_revision(folder: Path) -> tuple[Revision, tuple[Problem, ...]]:
    try:
        said = json.loads((folder / "revision.json").read_text(encoding="utf-8"))
        document = (folder / "document.json").read_bytes().decode("utf-8", "surrogatepass")
        outline = folder / "outline.txt"
        source = (folder / "source" / _file_name(said["source_name"])).read_bytes()
        issue = from_json(document)
        row = Revision(
            sequence=said["sequence"], content_hash=said["content_hash"], document=document, source_name=said["source_name"],
            source_sha256=said["source_sha256"], source=zlib.compress(source, 9),
            outline=outline.read_bytes().decode() if outline.is_file() else None,
            added_at=datetime.fromisoformat(said["added_at"]), is_current=said["is_current"],
        )
        row.seal = said.get("seal") or seal_of(row)  # bags of before the seal have none
        problems = tuple(Problem.from_dict(problem) for problem in said["problems"])
    except (OSError, ValueError, KeyError, TypeError, ModelError) as error:
        raise InputError("E111", name=str(folder), reason=str(error)[:200]) from None
    hashes = derived.text_hash(document), hashlib.sha256(source).hexdigest(), seal_of(row)
    if hashes != (row.content_hash, row.source_sha256, row.seal) or not isinstance(issue, Issue):
        raise InputError("E111", name=str(folder), reason="文档与其哈希不符 / the document does not match its hash")
    return row, problems


def _restore_decisions(data: Path) -> int:
    before = ""
    lines = (data / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines:
        said = json.loads(line)
        row = Decision(**{**said, "decided_at": datetime.fromisoformat(said["decided_at"])})
        if decisions.hash_of(row, before) != row.decision_hash:
            raise InputError("E111", name=str(data.parent), reason=f"处理记录第 {row.sequence} 条与其哈希不符 / decision {row.sequence}")
        before = row.decision_hash
        row.save(force_insert=True)
    return len(lines)


def _restore_beside(data: Path) -> None:
    for kept in beside.all_kept():
        if (data / kept.folder).is_dir():
            kept.restore(data / kept.folder)


def _restore_lexicons(folder: Path) -> None:
    for path in sorted(folder.glob("*.tsv")) if folder.is_dir() else ():
        place = lexicon_path(home_path())
        place.mkdir(exist_ok=True)
        if not (place / path.name).exists():
            shutil.copyfile(path, place / path.name)


def _restore_searches(kept: Path) -> None:
    if kept.is_file() and not searches_path(home_path()).exists():
        shutil.copyfile(kept, searches_path(home_path()))


@contextmanager
def _unpacked(file: Path) -> Iterator[Path]:
    """The folder that a backup unpacks to, for as long as it is needed. Raises InputError E104, E111."""
    if not file.is_file():
        raise InputError("E104", name=str(file))
    with tempfile.TemporaryDirectory(prefix="yuebao-") as made:
        try:
            with zipfile.ZipFile(file) as packed:
                for info in packed.infolist():
                    if not info.is_dir():
                        _unpack(packed, info, Path(made))
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError) as error:
            raise InputError("E111", name=str(file), reason=str(error)[:200]) from None
        yield Path(made)


def _unpack(packed: zipfile.ZipFile, info: zipfile.ZipInfo, folder: Path) -> None:
    if not _is_within(info.filename) or "\\" in info.filename:
        raise ValueError(f"路径越界 / a path that leads out: {info.filename[:80]}")
    path = folder / info.filename
    path.parent.mkdir(parents=True, exist_ok=True)
    with packed.open(info) as data, path.open("wb") as out:
        shutil.copyfileobj(data, out, CHUNK)
