"""Pictures in the Word file: each set of bytes once, at most as wide as a line and half as high as a page."""

from __future__ import annotations

from collections.abc import Mapping

from yuebao.errors import InputError
from yuebao.model import Figure
from yuebao.publish.book import name_of
from yuebao.publish.docx.runs import attribute
from yuebao.publish.flow import extension_of
from yuebao.publish.pictures import NoPicture, shape_of

EMU = 12_700  # English metric units a point
PIXELS_AN_INCH = 150  # of a picture that is printed in its own size
SHOWN = frozenset({"png", "jpg", "gif"})  # kinds that every Word and WPS shows


class Drawn:
    """The pictures drawn so far: `parts`, paths in the package with their bytes and media type; `targets`, relations by their id."""

    def __init__(self, pictures: Mapping[str, bytes], width: float, height: float) -> None:
        self._pictures, self._width, self._height = pictures, width, height
        self.parts: dict[str, tuple[bytes, str]] = {}
        self.targets: dict[str, str] = {}
        self._ids: dict[tuple[str, str], str] = {}
        self._count = 0

    def picture(self, figure: Figure) -> str:
        """The run with the figure's picture; nothing where its bytes are not there. Raises InputError E505."""
        data = self._pictures.get(figure.sha256)
        if data is None:
            return ""
        try:
            shape = shape_of(data)
        except NoPicture as error:
            raise InputError("E505", name=name_of(figure), reason=str(error)) from None
        if shape.kind not in SHOWN:
            raise InputError("E505", name=name_of(figure), reason="Word 文件只收 PNG、JPEG、GIF / one of these in a Word file")
        scale = min(72 / PIXELS_AN_INCH, self._width / shape.width, self._height / shape.height)
        wide, high = (round(side * scale * EMU) for side in (shape.width, shape.height))
        self._count += 1
        return _inline(self._count, figure, self._relation(figure, data), wide, high)

    def _relation(self, figure: Figure, data: bytes) -> str:
        key = (figure.sha256, figure.media_type)
        if key not in self._ids:
            number = len(self._ids) + 1
            self._ids[key] = f"rIdPicture{number}"
            target = f"media/image{number}.{extension_of(figure.media_type)}"
            self.targets[self._ids[key]] = target
            self.parts[f"word/{target}"] = (data, figure.media_type)
        return self._ids[key]


def _inline(number: int, figure: Figure, relation: str, wide: int, high: int) -> str:
    said = attribute(figure.caption or figure.credit or f"图 {figure.id}")
    name = attribute(figure.id)
    extent = f'cx="{wide}" cy="{high}"'
    uri = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:docPr id="{number}" name={name} descr={said}/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
        f'</wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="{uri}"><pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name={name}/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>")
