"""What the archive holds as a file to take away, in any format that can be published: an issue, a brief, a year's digest or chronicle."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from yuebao import archive, pipeline, zipped
from yuebao.ask import search
from yuebao.ask.brief import brief_of_answer, brief_of_items, brief_of_project
from yuebao.ask.search_saved import arguments_of
from yuebao.desk import distribution, editions
from yuebao.errors import ArchiveError, UsageError
from yuebao.model import Issue
from yuebao.publish import public_edition, publish
from yuebao.web import asking
from yuebao.web.desk.sessions import account_of

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
MOST_ITEMS = 500  # of a brief: more is no answer to a question


@require_safe
def published(request: HttpRequest, key: str, format: str) -> HttpResponse:
    """The published file of an issue; `?edition=public` for the public edition."""
    issue = archive.show(key)
    if request.GET.get("edition") == "public":
        issue, _ = public_edition(issue)
    source = archive.source_of(key)
    pictures = {picture.sha256: picture.data for picture in source.pictures} if source else editions.pictures_of_archived(key)
    made = file_of(issue, key, format, pictures)
    if (account := account_of(request)) is not None:
        distribution.taken(key, format, by=account)
    return made


@require_safe
def brief(request: HttpRequest, of: str, format: str) -> HttpResponse:
    """The brief 专题汇编 of a search, an answer or a project, asked for as on their own pages."""
    if of not in _BRIEFS:
        raise UsageError("E203", reason=f"{of}；可用 / known: {'、'.join(_BRIEFS)}", command="ask")
    document = _BRIEFS[of](request)
    return file_of(document, document.masthead.title or "", format)


def file_of(issue: Issue, name: str, format: str, pictures: Mapping[str, bytes] | None = None) -> HttpResponse:
    """The document as a file of that format, named so, to be kept. Raises UsageError E203."""
    if format not in FORMATS:
        raise UsageError("E203", reason=f"{format}；可用 / known: {'、'.join(FORMATS)}", command="publish")
    made = publish(issue, format, pipeline.default_setting(pictures))
    _, media_type, ending = FORMATS[format]
    response = HttpResponse(made if isinstance(made, bytes) else zipped.pack(made), content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name.replace('/', ' ') + ending, safe='')}"
    return response


def _of_search(request: HttpRequest) -> Issue:
    found = search(**arguments_of(request.GET), limit=MOST_ITEMS)
    if not found.hits:
        raise ArchiveError("E404", key=request.GET.get("q", ""))
    return brief_of_items(f"{request.GET.get('q', '')}专题汇编", [hit.citation for hit in found.hits])


def _of_answer(request: HttpRequest) -> Issue:
    if (answer := asking.ask_page(request.GET).answer) is None:
        raise ArchiveError("E404", key=request.GET.get("q", ""))
    return brief_of_answer(answer)


def _of_project(request: HttpRequest) -> Issue:
    name = request.GET.get("name", "")
    project = next((project for project in asking.ledger_of(request.GET) if project.name == name), None)
    if project is None:
        raise ArchiveError("E404", key=name)
    return brief_of_project(project)


_BRIEFS = {"search": _of_search, "answer": _of_answer, "project": _of_project}
