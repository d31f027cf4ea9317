"""Reading bytes: encodings, newlines, damage; what is no text is refused with a code."""

import random

import pytest

from yuebao import samples
from yuebao.errors import InputError
from yuebao.read import LIMIT, read
from yuebao.read.text import LEAST_PLAUSIBLE, _plausible, source_of

TEXT = "云陵月报\n2025年第4期\n\n何令仪到青麓县调研 4月3日，市长何令仪到青麓县调研。\n"


@pytest.mark.parametrize(("encoding", "mark", "named"), [
    ("utf-8", b"", "utf-8"), ("utf-8-sig", b"", "utf-8"), ("gb18030", b"", "gb18030"), ("utf-16-le", b"\xff\xfe", "utf-16-le"),
    ("utf-16-be", b"\xfe\xff", "utf-16-be"), ("utf-16-le", b"", "utf-16-le"), ("utf-16-be", b"", "utf-16-be"),
])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_encodings_and_newlines(encoding, mark, named, newline):
    text = TEXT.replace("\n", newline)
    source = read("x.txt", mark + text.encode(encoding))
    assert source.text == text
    assert source.info.encoding == named
    assert source.line_of(text.index("何令仪")) == 4
    assert not source.problems


def test_a_byte_that_does_not_decode_is_kept_as_a_sign_and_said():
    data = (TEXT * 20).encode()
    source = read("x.txt", data[:40] + b"\xff" + data[40:])
    assert "\ufffd" in source.text
    assert [p.code for p in source.problems] == ["R001"]
    assert read("x.txt", data[:-2]).info.encoding == "utf-8"  # cut inside a character


def test_nul_and_lone_surrogates():
    source = read("x.txt", TEXT.replace("月报", "月\0报").encode())
    assert [p.code for p in source.problems] == ["R002"]
    assert source_of("x.txt", "云\ud800陵").text == "云\ufffd陵"
    assert "\ufffd" in read("x.txt", (TEXT * 20).encode() + b"\xed\xa0\x80").text


RANDOM = random.Random(7)


@pytest.mark.parametrize(("code", "data"), [
    ("E101", b""), ("E107", b" \n\t\n"), ("E107", b"\0\0 \n"), ("E102", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4), ("E108", b"%PDF-1.7\n%"),
    ("E102", b"PK\x03\x04" + bytes(200)), ("E102", b"\xd0\xcf\x11\xe0" + bytes(200)), ("E102", RANDOM.randbytes(50_000)), ("E102", RANDOM.randbytes(99)),
    ("E103", b"\xe4\xba\x91" * (LIMIT // 3 + 1)),
])
def test_what_is_no_text_is_refused(code, data):
    with pytest.raises(InputError) as caught:
        read("x.txt", data)
    assert caught.value.code == code
    assert caught.value.advice()


@pytest.mark.parametrize("path", samples.paths(), ids=lambda p: p.stem)
def test_plausibility_is_far_from_its_threshold(path):
    text = read(path.name, path.read_bytes()).text
    assert _plausible(text) > LEAST_PLAUSIBLE + 0.3
    assert _plausible(RANDOM.randbytes(40_000).decode("gb18030", "replace")) < LEAST_PLAUSIBLE - 0.1
    assert _plausible(RANDOM.randbytes(40_000).decode("utf-16-le", "replace")) < LEAST_PLAUSIBLE - 0.1
