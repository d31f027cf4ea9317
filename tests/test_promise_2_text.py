"""Promise 2: text never changes after `structure`; the input file is never written.

Annotate, proof and publish leave text, source and record as they were; reading, proofing, publishing and archiving leave the file its bytes,
its time and its folder.
"""

import dataclasses

import pytest

from material import TEXTS, reading
from yuebao import archive, model, pipeline, samples
from yuebao.annotate import annotate
from yuebao.model import content_hash, record_of, to_json
from yuebao.proof import proof
from yuebao.publish import publish
from yuebao.read import read
from yuebao.structure import structure

every_text = pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem[:15])


def texts_of(issue):
    """Whatever of an issue is text of the source, with its places there."""
    items = [(item.headline, item.contents_headline, item.text, item.entries, item.origin) for item in issue.items()]
    return items, issue.masthead, issue.epigraph, issue.contents, issue.dropped, issue.unplaced


@every_text
def test_annotate_adds_and_changes_nothing(path):
    source = read(path.name, path.read_bytes())
    issue = structure(source)
    before = to_json(issue)
    annotated = annotate(issue)
    assert any(item.annotations for item in annotated.items())
    assert texts_of(annotated) == texts_of(issue)
    assert record_of(annotated) == record_of(issue)
    assert content_hash(annotated) == content_hash(issue)
    assert to_json(issue) == before
    assert annotate(annotated) == annotated


@every_text
def test_proof_looks_and_touches_nothing(path):
    issue, source = reading(path)
    document, characters, info = to_json(issue), source.text, source.info
    findings = proof(issue, source)
    assert findings.findings
    assert findings.source == issue.source == info
    assert to_json(issue) == document
    assert source.text == characters
    assert proof(issue, source) == findings


def test_publish_sets_and_touches_nothing():
    issue = reading(samples.paths()[0])[0]
    document, digest = to_json(issue), content_hash(issue)
    publish(issue)
    assert (to_json(issue), content_hash(issue)) == (document, digest)


def test_the_record_speaks_of_everything_but_annotations_and_problems():
    issue = structure(read("x.txt", samples.paths()[1].read_bytes()))
    digest = content_hash(issue)
    item = issue.columns[0].items[0]
    changed = [
        dataclasses.replace(issue, columns=(dataclasses.replace(issue.columns[0], items=(dataclasses.replace(item, **change),)), *issue.columns[1:]))
        for change in ({"text": item.text + "。"}, {"headline": item.headline + "。"}, {"page": 99}, {"origin": item.origin[1:]})
    ]
    changed += [dataclasses.replace(issue, contents=issue.contents[1:]), dataclasses.replace(issue, dropped=issue.dropped[1:])]
    assert len({digest, *map(content_hash, changed)}) == len(changed) + 1


def state(folder):
    """What can be seen of a folder and its files without reading times."""
    files = {p.name: (p.read_bytes(), p.stat().st_mtime_ns, p.stat().st_ino) for p in folder.iterdir()}
    return files, folder.stat().st_mtime_ns


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("path", samples.paths()[::2], ids=lambda path: path.stem)
def test_the_input_file_is_never_written(path, tmp_path):
    folder = tmp_path / "issues"
    folder.mkdir()
    file = folder / path.name
    file.write_bytes(path.read_bytes())
    before = state(folder)
    issue = pipeline.read_issue(file)
    pipeline.proof_issue(issue, read(file.name, file.read_bytes()))
    pipeline.publish_issue(issue, tmp_path / "issue.pdf")
    assert [added.state for added in archive.add([folder])] == ["added"]
    archive.rebuild()
    assert archive.verify() == []
    assert state(folder) == before


VALUES = [cls for cls in vars(model).values() if isinstance(cls, type) and dataclasses.is_dataclass(cls)]


@pytest.mark.parametrize("cls", VALUES, ids=lambda cls: cls.__name__)
def test_every_value_is_frozen(cls):
    assert cls.__dataclass_params__.frozen
    assert all("list" not in str(f.type) and "dict" not in str(f.type) for f in dataclasses.fields(cls) if f.init), "a value that can be altered"
