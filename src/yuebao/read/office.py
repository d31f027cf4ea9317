"""Word's and WPS's older files (.doc, .wps) and RTF, by way of LibreOffice where it is installed: made .docx, then read.

LibreOffice gets a profile that runs no macros, follows no links and has no way to the network; after TIME_LIMIT it is ended.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from yuebao.errors import InputError
from yuebao.model import Source
from yuebao.read.docx import read_docx
from yuebao.text import xml_text

TIME_LIMIT = 60  # seconds; an issue takes two, the start of LibreOffice some five
OLE, RTF = b"\xd0\xcf\x11\xe0", b"{\\rtf"
WORD_STREAM, LOCKED_STREAM = (name.encode("utf-16-le") for name in ("WordDocument", "EncryptedPackage"))  # in the file's directory
NOWHERE = "127.0.0.1", 9  # the proxy that it is told of: nobody answers at the discard port
ON_A_MAC = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
_FILTER = "docx:MS Word 2007 XML"
# path in LibreOffice's configuration, name, value
_PROFILE = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", 3),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", True),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", True),
    ("Office.Writer/Content/Update", "Link", 0),
    ("Inet/Settings", "ooInetProxyType", 2),
    *(("Inet/Settings", f"ooInet{kind}ProxyName", NOWHERE[0]) for kind in ("HTTP", "HTTPS", "FTP")),
    *(("Inet/Settings", f"ooInet{kind}ProxyPort", NOWHERE[1]) for kind in ("HTTP", "HTTPS", "FTP")),
    ("Inet/Settings", "ooInetNoProxy", ""),
)


class OfficeReader:
    name = "office"

    def score(self, name: str, data: bytes) -> float:
        """1 for RTF and for the files of Word and WPS before .docx, else 0."""
        del name
        return float(data.startswith(RTF) or (data.startswith(OLE) and (WORD_STREAM in data or LOCKED_STREAM in data)))

    def read(self, name: str, data: bytes) -> Source:
        """The Source of the file; raises InputError E108, E112."""
        return read_office(name, data)


def read_office(name: str, data: bytes) -> Source:
    """The Source of such a file. Raises InputError: E112 no LibreOffice here, E108 locked, damaged or too slow."""
    if data.startswith(OLE) and LOCKED_STREAM in data:
        raise InputError("E108", name=name, reason="文件有密码，请先取消密码 / locked by a password")
    ending, media_type = ("rtf", "application/rtf") if data.startswith(RTF) else ("doc", "application/msword")
    program = office_program()
    if program is None:
        raise InputError("E112", name=name)
    source = read_docx(name, _converted(program, name, data, ending))
    info = replace(source.info, media_type=media_type, sha256=hashlib.sha256(data).hexdigest())
    return replace(source, info=info)


def office_program() -> str | None:
    """The path of LibreOffice, None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    folders = (os.environ.get(name, "") for name in ("ProgramFiles", "ProgramFiles(x86)"))
    usual = [Path(folder) / "LibreOffice/program/soffice.com" for folder in folders if folder] + [Path(ON_A_MAC)]
    return found or next((str(path) for path in usual if path.is_file()), None)


def _converted(program: str, name: str, data: bytes, ending: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="yuebao-office-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        (folder / "profile/user").mkdir(parents=True)
        (folder / "profile/user/registrymodifications.xcu").write_text(_profile(), encoding="utf-8")
        (folder / f"source.{ending}").write_bytes(data)
        _run([
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nodefault", "--nolockcheck",
            "--convert-to", _FILTER, "--outdir", str(folder / "out"), str(folder / f"source.{ending}")], name, folder)
        try:
            return (folder / "out/source.docx").read_bytes()
        except OSError:
            raise InputError("E108", name=name, reason="LibreOffice 打不开，可能有密码或已损坏 / LibreOffice cannot open it") from None


def _run(command: list[str], name: str, home: Path) -> None:
    """Run it in a session of its own, so that with it end the programs that it has started."""
    environment = {**os.environ, "HOME": str(home)}
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment,
        start_new_session=sys.platform != "win32")
    try:
        process.wait(TIME_LIMIT)
    except subprocess.TimeoutExpired:
        raise InputError("E108", name=name, reason=f"LibreOffice 用时超过 {TIME_LIMIT} 秒 / it took too long") from None
    finally:
        if process.poll() is None:
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _profile() -> str:
    """The settings of the profile as LibreOffice keeps them."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{_said(value)}</value></prop></item>'
        for path, name, value in _PROFILE)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>')


def _said(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else xml_text(str(value))
