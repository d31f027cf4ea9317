"""The book as OFD (GB/T 33190-2016): the very pages of the set PDF, its text as text in fonts cut down to what is used.

    package    the files of the document: OFD.xml, Document.xml, resources, pages
    content    what stands on a page
    cut        the fonts with the characters of the book alone
    forms      the glyphs that a font has for Chinese text beside its character map
    xml        elements and measures as the standard writes them
"""

from yuebao.publish.ofd.package import write_ofd
from yuebao.publish.pdf import CANNOT_HOLD

__all__ = ["CANNOT_HOLD", "write_ofd"]
