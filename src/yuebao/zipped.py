"""Zip files, the container of Word, EPUB and OFD.

The same files are the same bytes, and a hostile zip file is refused before it fills the memory.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath

TIME = (2000, 1, 1, 0, 0, 0)  # no clock is asked; a round date says so to whoever looks
LEVEL = 6
LIMIT = 256 * 1024 * 1024  # bytes unpacked; an issue full of photographs has some 50 MB
MOST_FILES = 20_000
_PERMISSIONS = 0o644
_CHUNK = 1 << 16


class UnfitZip(ValueError):
    """Bytes that are no zip file, or one that is damaged, locked or hostile; the message is the reason."""


def pack(files: Mapping[str, bytes], stored: Collection[str] = ()) -> bytes:
    """The zip file of the files by their paths ("/" between the parts), in the order given; those in `stored` are not compressed.

    The same mapping is the same bytes: times, order, attributes and level are fixed.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, TIME)
            info.create_system = 3  # else it would be that of the machine
            info.external_attr = (stat.S_IFREG | _PERMISSIONS) << 16
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data, method, None if name in stored else LEVEL)
    return out.getvalue()


def unpack(data: bytes, limit: int = LIMIT) -> dict[str, bytes]:
    """The files of a zip file by their paths, "/" between the parts; folders are left out.

    Raises UnfitZip: damaged or locked, more than `limit` bytes or MOST_FILES files in it, a path that leads out of it, one path twice.
    """
    files: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.filelist) > MOST_FILES:
                raise UnfitZip(f"压缩包内文件过多 / more than {MOST_FILES} files")
            for info in archive.filelist:
                if not info.is_dir():
                    name = _path(info.filename)
                    if name in files:
                        raise UnfitZip(f"压缩包内有重名文件 / the same path twice: {name}")
                    files[name] = _inflate(archive, info, limit)
                    limit -= len(files[name])
    except UnfitZip:
        raise
    except RuntimeError as error:  # zipfile's word for a password (NotImplementedError, for other methods, is one too)
        raise UnfitZip(f"文件加密或压缩方式不明 / locked, or of an unknown method: {error}") from None
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, OverflowError) as error:
        raise UnfitZip(f"压缩包已损坏 / the zip file is damaged: {error}") from None
    return files


def _path(name: str) -> str:
    """The path in plain form; raises UnfitZip where it leads out of the folder."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or not path.parts or ":" in path.parts[0] or "\0" in name:
        raise UnfitZip(f"压缩包内路径越界 / a path that leads out: {name[:80]!r}")
    return str(path)


def _inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    """The bytes of one file; what it claims of its size is not believed."""
    pieces, length = [], 0
    with archive.open(info) as stream:
        while piece := stream.read(_CHUNK):
            length += len(piece)
            if length > limit:
                raise UnfitZip("压缩包展开后过大 / too large when unpacked")
            pieces.append(piece)
    return b"".join(pieces)
