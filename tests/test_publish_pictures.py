"""Pictures in the book: those that can be printed are, with caption, credit and alternative text; the others are named."""

import base64
import hashlib
import struct
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
import pytest

from yuebao.errors import InputError
from yuebao.model import Figure
from yuebao.publish import Setting, publish
from yuebao.publish.pictures import NoPicture, shape_of

sys.path.insert(0, str(Path(__file__).resolve().parent / "publish"))
import yunling


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height):
    """A grey wedge."""
    rows = b"".join(b"\0" + bytes(x * 255 // width for x in range(width)) for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


# grey, 8 by 6 pixels
JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////////////////2wBDAVVaWn"
    "hpeOuCguv/////////////////////////////////////////////////////////////////////////wAARCAAGAAgDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAA"
    "AAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRk"
    "dISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3"
    "+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNO"
    "El8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU"
    "1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwCSiiigD//Z")
GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
WEBP = base64.b64decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")


def illustrated(data, item=3, caption="代表察看澄江航道", credit="温如玉", **setting):
    digest = hashlib.sha256(data).hexdigest()
    issue = replace(yunling.issue(), figures=(Figure("f1", item, None, caption, credit, "image/png", digest),))
    return publish(issue, setting=Setting(pictures={digest: data}, **setting))


def pictures_in(made):
    """The pictures of each page with one: (page, left, bottom, right, top)."""
    with pypdfium2.PdfDocument(made) as document:
        return [(n, *found.get_bounds()) for n, page in enumerate(document) for found in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE])]


@pytest.mark.parametrize(("data", "shape"), [(png(300, 200), ("png", 300, 200)), (GIF, ("gif", 1, 1)), (WEBP, ("webp", 1, 1)), (JPEG, ("jpg", 8, 6))],
                         ids=["png", "gif", "webp", "jpeg"])
def test_the_kind_and_sides_are_told_from_the_bytes(data, shape):
    found = shape_of(data)
    assert (found.kind, found.width, found.height) == shape


@pytest.mark.parametrize("data", [png(300, 200), GIF, WEBP, JPEG], ids=["png", "gif", "webp", "jpeg"])
@pytest.mark.parametrize("for_print", [False, True])
def test_a_picture_is_printed(data, for_print):
    assert len(pictures_in(illustrated(data, for_print=for_print))) == 1


@pytest.mark.parametrize("item", [3, None])
def test_the_caption_stands_below_its_picture_on_the_same_page(item):
    made = illustrated(png(600, 400), item=item)
    (at, left, bottom, right, _), = pictures_in(made)
    assert right - left <= 34 * 12 + 1
    assert (right - left) / (pictures_in(made)[0][4] - bottom) == pytest.approx(1.5, abs=0.01)
    with pypdfium2.PdfDocument(made) as document:
        text = document[at].get_textpage()
        found = text.search("代表察看").get_next()
        assert found is not None
        assert text.get_charbox(found[0])[3] < bottom
        assert "温如玉" in text.get_text_bounded()


def test_a_tall_picture_leaves_room_for_text():
    (_, _, bottom, _, top), = pictures_in(illustrated(png(100, 900)))
    assert top - bottom < 0.45 * 30 * 20


def test_a_photograph_that_says_it_lies_on_its_side_is_turned():
    """Exif, orientation 6: what is 8 by 6 in the file is 6 by 8 on the page."""
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0"
    turned = JPEG[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + JPEG[2:]
    (_, left, bottom, right, top), = pictures_in(illustrated(turned))
    assert (right - left) / (top - bottom) == pytest.approx(6 / 8, abs=0.01)
    assert top - bottom < 0.45 * 30 * 20


def test_a_picture_has_its_caption_as_alternative_text():
    made = illustrated(png(60, 40))
    assert b"/Alt" in made
    assert "代表察看澄江航道".encode("utf-16-be") in made or "代表察看澄江航道".encode("utf-16-be").hex().upper().encode() in made.upper()


def test_a_picture_without_words_has_an_alternative_text_too():
    assert b"/Alt" in illustrated(png(60, 40), caption=None, credit=None)


def test_a_picture_that_is_not_at_hand_is_its_caption():
    issue = replace(yunling.issue(), figures=(Figure("f1", 3, None, "代表察看澄江航道", None, "image/png", "0" * 64),))
    assert pictures_in(publish(issue)) == []


@pytest.mark.parametrize("data", [
    b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\1\0\0\0 EMF", b"\x89PNG\r\n\x1a\n", png(300, 200)[:120], b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\xff\xff",
    b"\xff\xd8" + b"\0" * 40, b"RIFF\0\0\0\0WEBP", b"GIF89a", png(30, 20).replace(b"IDAT", b"IDAX"),
], ids=range(11))
def test_what_cannot_be_printed_is_named_with_its_item(data):
    with pytest.raises(InputError) as caught:
        illustrated(data)
    assert caught.value.code == "E505"
    assert "f1" in caught.value.message()
    assert "第 3 条" in caught.value.message()


def test_a_claim_of_huge_sides_is_refused_before_anything_is_unpacked():
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    with pytest.raises(NoPicture, match="100000"):
        shape_of(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b""))


def test_an_illustrated_book_is_the_same_bytes_again():
    assert illustrated(png(300, 200)) == illustrated(png(300, 200))
