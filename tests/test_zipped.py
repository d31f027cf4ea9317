"""Zip files: the same every time, and hostile ones refused."""

import io
import subprocess
import sys
import zipfile

import pytest

from yuebao.zipped import UnfitZip, pack, unpack

FILES = {"mimetype": b"application/epub+zip", "b/二.xml": b"<b/>" * 1000, "a.xml": b"", "big.bin": bytes(range(256)) * 999}


def test_what_is_packed_is_unpacked_in_the_same_order():
    back = unpack(pack(FILES))
    assert list(back.items()) == list(FILES.items())


def test_a_stored_file_stands_first_as_it_is():
    """What EPUB asks of its mimetype: first, not compressed, no extra field: its characters at byte 38."""
    packed = pack(FILES, stored={"mimetype"})
    assert packed[30:58] == b"mimetypeapplication/epub+zip"
    assert len(packed) < 12_000


def test_two_processes_pack_the_same_bytes():
    code = "import sys; from yuebao.zipped import pack; sys.stdout.buffer.write(pack({'一': b'x' * 999, 'b': b'y'}))"
    made = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment).stdout
        for environment in ({"TZ": "Asia/Shanghai", "LC_ALL": "C"}, {"TZ": "America/Lima", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "7"})
    }
    assert made == {pack({"一": b"x" * 999, "b": b"y"})}


def zip_of(*members, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data, **options)
    return out.getvalue()


def locked():
    data = bytearray(zip_of(("a", b"x")))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    return bytes(data)


def claims(size):
    """A file that says that it is of another size than it is."""
    data = bytearray(zip_of(("a", b"x" * 100)))
    for at in (22, data.index(b"PK\1\2") + 24):
        data[at:at + 4] = size.to_bytes(4, "little")
    return bytes(data)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(("make", "reason"), [
    (lambda: b"", "damaged"),
    (lambda: b"PK\3\4" + b"\0" * 200, "damaged"),
    (lambda: pack(FILES)[:-60], "damaged"),
    (lambda: pack(FILES)[:200] + b"\xff" * 9 + pack(FILES)[209:], "damaged"),
    (lambda: zip_of(("bomb", b"\0" * 3_000_000)), "too large"),
    (lambda: zip_of(*((f"{n}", b"\0" * 300_000) for n in range(4))), "too large"),
    (lambda: zip_of(("../etc/passwd", b"x")), "leads out"),
    (lambda: zip_of(("a/../../b", b"x")), "leads out"),
    (lambda: zip_of(("a\\..\\..\\b", b"x")), "leads out"),
    (lambda: zip_of(("/etc/passwd", b"x")), "leads out"),
    (lambda: zip_of(("C:/windows", b"x")), "leads out"),
    (lambda: zip_of(("a", b"x"), ("a", b"y")), "twice"),
    (lambda: zip_of(("a", b"x"), ("b/../a", b"y")), "leads out"),
    (lambda: zip_of(*((f"{n}", b"") for n in range(20_001))), "more than"),
    (lambda: zip_of(("a", b"x"), compress_type=zipfile.ZIP_LZMA)[:-1], "damaged"),
    (locked, "locked"),
    (lambda: claims(10), "damaged"),
])
def test_hostile_and_damaged_files_are_refused(make, reason):
    with pytest.raises(UnfitZip, match=reason):
        unpack(make(), limit=1_000_000)


def test_folders_are_left_out():
    assert unpack(zip_of(("a/", b""), ("a/b", b"x"))) == {"a/b": b"x"}


def test_paths_of_windows_are_made_plain():
    assert unpack(zip_of(("word\\document.xml", b"x"))) == {"word/document.xml": b"x"}


def test_what_a_file_claims_of_its_size_is_not_believed():
    assert len(unpack(claims(0xFFFFFFF0), limit=1000)["a"]) == 100
