"""The order of the stages: the one place that knows it. Pure but for the files that it is told to read and write.

files   files read and written: whole or not at all.
issues  the stages of one text: read, structure, annotate, proof, collate.
books   an issue published, whole or not at all, with the fonts and pictures that go with it.
copy    copy 来稿 taken in: a file, a letter with its enclosures, a folder; what bears a mark of secrecy is refused before anything is kept.
month   a month of copy compiled: stories condensed through the gate, the draft, the issue document that is made of it.
"""

from yuebao.pipeline.books import FORMATS, Edition, default_setting, pictures_of, publish_issue
from yuebao.pipeline.copy import (
    DEEPEST_LETTER,
    LONGEST_COPY,
    NO_COPY,
    enclosures,
    refuse_classified,
    take_copy,
    take_enclosure,
    take_folder,
)
from yuebao.pipeline.files import MANIFEST, read_file, write_folder, write_whole
from yuebao.pipeline.issues import (
    annotate_single,
    collate_files,
    encoded_as,
    fix_file,
    is_document,
    load_document,
    proof_issue,
    read_bytes,
    read_findings,
    read_issue,
    read_lines,
    read_outline,
)
from yuebao.pipeline.month import check_item, compile_month, compile_stories, compile_story, draft_issue

__all__ = [
    "DEEPEST_LETTER", "FORMATS", "LONGEST_COPY", "MANIFEST", "NO_COPY", "Edition", "annotate_single", "check_item", "collate_files",
    "compile_month", "compile_stories", "compile_story", "default_setting", "draft_issue", "enclosures", "encoded_as", "fix_file",
    "is_document", "load_document", "pictures_of", "proof_issue", "publish_issue", "read_bytes", "read_file", "read_findings",
    "read_issue", "read_lines", "read_outline", "refuse_classified", "take_copy", "take_enclosure", "take_folder", "write_folder",
    "write_whole",
]
