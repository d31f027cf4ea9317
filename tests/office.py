"""LibreOffice for tests: Word files to PDF with their indexes computed anew. In CI it must be there (tests/run.sh installs it)."""

import os
import shutil
import subprocess
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(
    SOFFICE is None and not os.environ.get("CI"), reason="LibreOffice is not here: apt-get install libreoffice-writer-nogui")

_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub ConvertAll(folder As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName"
  how(0).Value = "writer_pdf_Export"
  name = Dir(folder &amp; "/*.docx")
  Do While name &lt;&gt; ""
    doc = StarDesktop.loadComponentFromURL(ConvertToURL(folder &amp; "/" &amp; name), "_blank", 0, hidden())
    indexes = doc.getDocumentIndexes()
    For n = 0 To indexes.getCount() - 1
      indexes.getByIndex(n).update()
    Next n
    doc.storeToURL(ConvertToURL(folder &amp; "/" &amp; name &amp; ".pdf"), how())
    doc.close(True)
    name = Dir()
  Loop
End Sub
</script:module>
"""
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{}</dir><include ignore_missing="yes">/etc/fonts/fonts.conf</include></fontconfig>
"""


def pdfs(folder: Path, files: dict[str, bytes]) -> dict[str, bytes]:
    """Each Word file as PDF, its indexes computed by LibreOffice; `folder` is for its profile and the files."""
    assert SOFFICE, "LibreOffice is not here: apt-get install libreoffice-writer-nogui"
    fonts = folder / "fonts.conf"
    fonts.write_text(_FONTS.format(Path(pylopdf_fonts_zh_cn.__file__).parent), encoding="utf-8")
    _run(folder, "--terminate_after_init")  # makes the profile, and would write over the macro
    (folder / "profile/user/basic/Standard/Module1.xba").write_text(_MACRO, encoding="utf-8")
    made = folder / "made"
    made.mkdir()
    for name, data in files.items():
        (made / f"{name}.docx").write_bytes(data)
    _run(folder, f"macro:///Standard.Module1.ConvertAll({made})")
    return {name: (made / f"{name}.docx.pdf").read_bytes() for name in files}


def _run(folder: Path, argument: str) -> None:
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", argument],
        check=True, capture_output=True, timeout=240, env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")})
