"""Promise 3: a span quotes its text, and a document read back is the document.

`item.text[a.start:a.end]` is what an annotation or a finding speaks of; a finding's place in the source holds its words;
`from_json(to_json(x)) == x` for whatever the values may be; what is no document is refused by `from_json` and by the JSON Schema alike.
"""

import dataclasses
import json
import re
import types
import typing
from functools import cache

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from material import TEXTS, neighbours, reading
from yuebao import model, samples
from yuebao.calendar_text import find_dates
from yuebao.model import LAYERS, Annotation, Column, Findings, Issue, ModelError, Value, from_json, json_schema, to_json
from yuebao.proof import proof
from yuebao.text import fold, squeeze

every_text = pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem[:15])
VALUES = sorted((c for c in vars(model).values() if isinstance(c, type) and issubclass(c, Value) and c is not Value), key=lambda c: c.__name__)
NUMERAL = re.compile("[\\d０-９〇零一二三四五六七八九十百千万亿两半双多数几]")
MONTH_AND_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日")


# ---- spans ----


def unquoted(text, annotation):
    """What is wrong with what an annotation says of its span, or None."""
    said, value = text[annotation.start:annotation.end], annotation.value
    if not 0 <= annotation.start < annotation.end <= len(text):
        return "outside the text"
    if annotation.layer == "person":
        return None if squeeze(said) == value.name and all(squeeze(o) in squeeze(text) for o in value.offices) else "another name or office"
    if annotation.layer == "document":
        return None if said == f"《{value.title}》" else "another title"
    if annotation.layer == "date":
        return misread(said, value)
    if annotation.layer == "act":
        return None if value.verb in said else "another verb"
    if annotation.layer in ("money", "quantity"):
        return None if NUMERAL.search(said) else "no number"
    return None if said.strip() == said else "white space at its ends"  # bodies, places, projects: what is written is the span


def misread(said, value):
    """What is wrong with the days that a calendar expression is said to mean, or None."""
    day = MONTH_AND_DAY.search(fold(said))
    if value.starts_on > value.ends_on or (day and not value.starts_on.endswith(f"-{int(day[1]):02d}-{int(day[2]):02d}")):
        return "another day"
    alone = find_dates(said, *map(int, value.starts_on.split("-")[:2]))
    if alone:  # two, where only the passage says that they are one: 11月至次年3月
        return None if (alone[0].start, alone[-1].end) == (0, len(said)) else "more or less than the expression"
    # 当天, 8日上午: what they mean is said before them
    return None if value.relative or re.match(r"\d", said) else "no expression"


@every_text
def test_an_annotation_is_what_its_span_says(path):
    issue, _ = reading(path)
    found = [(item.text, a) for item in issue.items() for a in item.annotations]
    assert {a.layer for _, a in found} >= {"date", "person", "document"}
    assert [(text[a.start:a.end], a, fault) for text, a in found if (fault := unquoted(text, a))] == []


def is_within(words, passage):
    """Whether the words stand in the passage in their order; between them it may have a page end: white space, a folio."""
    at = -1
    for c in squeeze(words):
        at = passage.find(c, at + 1)
        if at < 0:
            return False
    return True


def misplaced(finding, items, source):
    """What is wrong with where a finding says it stands, or None."""
    if finding.start is not None and finding.text != items[finding.item].text[finding.start:finding.end]:
        return "not the item's words"
    if finding.source_start is None:
        return None if finding.start is None else "an item's words without a place in the source"
    passage = source.text[finding.source_start:finding.source_end]
    if not 0 <= finding.source_start < finding.source_end <= len(source.text):
        return "outside the source"
    words, there = squeeze(finding.text), squeeze(passage)
    # what was put back from elsewhere is not bridged: the passage is then the beginning of the words; of a row of the contents or of the
    # masthead the words are given with what is around them, the passage says where in them
    partly = words.startswith(there) if finding.start is not None else there in words
    if not there or not (is_within(words, passage) or partly):
        return f"not the source's words: {passage!r}"
    return None if finding.line == source.line_of(finding.source_start) else "another line"


@every_text
def test_a_finding_stands_where_it_says(path):
    issue, source = reading(path)
    items = {item.number: item for item in issue.items()}
    findings = proof(issue, source, neighbours(path)).findings
    assert [(f, fault) for f in findings if (fault := misplaced(f, items, source))] == []
    related = [r for f in findings for r in f.related if r.item is not None]
    assert [r for r in related if r.text != items[r.item].text[r.start:r.end]] == []
    placed = [r for f in findings for r in f.related if r.source_start is not None]
    assert [r for r in placed if not is_within(r.text, source.text[r.source_start:r.source_end])] == []


def test_the_checks_find_what_is_misplaced():
    """The checks themselves: a span one character off is seen, in each layer and in findings."""
    issue, source = reading(samples.paths()[0])
    items = {item.number: item for item in issue.items()}
    seen = set()
    for item in items.values():
        for a in item.annotations:
            if unquoted(item.text, dataclasses.replace(a, start=a.start + 1)):
                seen.add(a.layer)
    assert seen >= {"date", "person", "document"}
    finding = next(f for f in proof(issue, source).findings if f.start is not None)
    assert not misplaced(finding, items, source)
    assert misplaced(dataclasses.replace(finding, start=finding.start + 1), items, source)
    assert misplaced(dataclasses.replace(finding, source_start=finding.source_start - 40, source_end=finding.source_start), items, source)


# ---- round trips ----


texts = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=8)
PLAIN = {str: texts, int: st.integers(), float: st.floats(allow_nan=False, allow_infinity=False), bool: st.booleans(), type(None): st.none()}


@cache
def values_of(hint):
    """A strategy for whatever a type hint of the model allows."""
    if hint is Annotation:
        return st.sampled_from(sorted(LAYERS)).flatmap(
            lambda layer: st.builds(Annotation, layer=st.just(layer), start=PLAIN[int], end=PLAIN[int], value=values_of(LAYERS[layer]), by=texts))
    if isinstance(hint, type) and issubclass(hint, Value):
        hints = typing.get_type_hints(hint)
        fields = {name: values_of(hints[name]) for name in hints if name != "schema"}
        if hint is Column:  # nests: three levels will do
            fields["columns"] = st.deferred(lambda: st.one_of(st.just(()), st.tuples(values_of(Column))))
        return st.builds(hint, **fields)
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        return st.just(()) if args[0] is Column else st.lists(values_of(args[0]), max_size=2).map(tuple)
    if origin is typing.Literal:
        return st.sampled_from(args)
    if origin in (typing.Union, types.UnionType):
        return st.one_of([values_of(arg) for arg in args])
    return PLAIN[hint]


@pytest.mark.parametrize("cls", VALUES, ids=lambda cls: cls.__name__)
def test_every_value_comes_back_as_it_was(cls):
    @settings(max_examples=25, derandomize=True)
    @given(values_of(cls))
    def comes_back(value):
        data = json.loads(model.canonical(value.to_dict()))
        assert cls.from_dict(data) == value
        assert cls.from_dict(data).to_dict() == data

    comes_back()


@cache
def validator(cls):
    schema = json_schema(cls)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@settings(max_examples=60, derandomize=True)
@given(st.one_of(values_of(Issue), values_of(Findings)))
def test_every_document_comes_back_and_keeps_to_its_schema(document):
    text = to_json(document)
    assert from_json(text) == document
    assert to_json(from_json(text)) == text
    assert validator(type(document)).is_valid(json.loads(text))


@every_text
def test_what_is_read_and_found_comes_back_and_keeps_to_its_schema(path):
    issue, source = reading(path)
    for document in (issue, proof(issue, source, neighbours(path))):
        assert from_json(to_json(document)) == document
        assert [e.message for e in validator(type(document)).iter_errors(json.loads(to_json(document)))] == []


def places(data, path=()):
    """The path of every object in plain data."""
    if isinstance(data, dict):
        yield path
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from places(value, (*path, key))


def at(data, path):
    for key in path:
        data = data[key]
    return data


def with_unknown_key(part, _):
    part["注"] = None


def without_a_key(part, key):
    del part[key]


def of_the_wrong_kind(part, key):
    part[key] = {"对": True}


@pytest.mark.parametrize("spoil", [with_unknown_key, without_a_key, of_the_wrong_kind])
def test_what_is_no_document_is_refused_and_fails_the_schema(spoil):
    @settings(max_examples=60, derandomize=True)
    @given(st.one_of(values_of(Issue), values_of(Findings)), st.data())
    def refused(document, data):
        plain = json.loads(to_json(document))
        part = at(plain, data.draw(st.sampled_from(list(places(plain)))))
        spoil(part, data.draw(st.sampled_from(sorted(part))))
        assert not validator(type(document)).is_valid(plain)
        with pytest.raises(ModelError):
            from_json(json.dumps(plain))

    refused()


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"yuebao/issue/1"', "{}", '{"schema":"yuebao/issue/2"}', '{"schema":["yuebao/issue/1"]}', "[" * 100_000])
def test_what_is_not_even_json_is_refused(text):
    with pytest.raises(ModelError):
        from_json(text)


@pytest.mark.parametrize(("kind", "value"), [("number", True), ("number", 1.0), ("number", "1"), ("text", None), ("text", "\0"), ("page", "3"), ("entries", None)])
def test_a_kind_that_is_nearly_right_is_refused(kind, value):
    plain = reading(samples.paths()[0])[0].to_dict()
    plain["columns"][0]["items"][0][kind] = value
    with pytest.raises(ModelError, match=rf"Issue\.columns\[0\]\.items\[0\]\.{kind}"):
        from_json(json.dumps(plain))


def test_an_annotation_of_a_layer_holds_that_layers_value():
    plain = reading(samples.paths()[0])[0].to_dict()
    marks = [a for item in plain["columns"][0]["items"] for a in item["annotations"]]
    person = next(a for a in marks if a["layer"] == "person")
    person["layer"] = "date"
    with pytest.raises(ModelError, match="value"):
        from_json(json.dumps(plain))
    person["layer"] = "names"
    with pytest.raises(ModelError, match="unknown layer 'names'; known: date"):
        from_json(json.dumps(plain))
