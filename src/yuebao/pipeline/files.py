"""Files read and written: whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from yuebao.errors import InputError, UsageError
from yuebao.model import (
    canonical,
)

MANIFEST = ".yuebao-published.json"  # in a published folder: its files and their sha256


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
