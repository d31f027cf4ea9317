"""An issue as a file to take away, in any format that can be published; a folder comes as one zip file."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from yuebao import archive, pipeline, zipped
from yuebao.errors import UsageError
from yuebao.publish import public_edition, publish

# In the order in which an office asks for them: the name shown, what a browser is told, and the ending of the file.
FORMATS = {
    "pdf": ("PDF", "application/pdf", ".pdf"),
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    "ofd": ("OFD", "application/ofd", ".ofd"),
    "epub": ("EPUB", "application/epub+zip", ".epub"),
    "html": ("HTML", "application/zip", ".html.zip"),
    "tei": ("TEI", "application/tei+xml", ".xml"),
    "md": ("Markdown", "text/markdown; charset=utf-8", ".md"),
}


@require_safe
def published(request: HttpRequest, key: str, format: str) -> HttpResponse:
    """The published file of an issue; `?edition=public` for the public edition."""
    if format not in FORMATS:
        raise UsageError("E203", reason=f"{format}；可用 / known: {'、'.join(FORMATS)}", command="publish")
    issue = archive.show(key)
    if request.GET.get("edition") == "public":
        issue, _ = public_edition(issue)
    source = archive.source_of(key)
    pictures = {picture.sha256: picture.data for picture in source.pictures} if source else {}
    made = publish(issue, format, pipeline.default_setting(pictures))
    _, media_type, ending = FORMATS[format]
    response = HttpResponse(made if isinstance(made, bytes) else zipped.pack(made), content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(key.replace('/', ' ') + ending, safe='')}"
    return response
