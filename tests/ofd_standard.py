"""What GB/T 33190-2016 demands of an OFD file, as far as this program makes use of it: `problems_of` says what a file lacks of it.

The content models are those of the standard's schemas (OFD.xsd, Document.xsd, Page.xsd, Res.xsd, Definition.xsd); an element or attribute
that is not in the tables is a problem, since nothing here has been checked against the standard for it.
"""

import io
import re
import xml.etree.ElementTree as ET
import zipfile

from fontTools.ttLib import TTFont

SPACE = "{http://www.ofdspec.org/2016}"
COLOURS = "FillColor? StrokeColor?"
CHILDREN = {
    "OFD": "DocBody+", "DocBody": "DocInfo DocRoot? Versions? Signatures?",
    "DocInfo": "DocID Title? Author? Subject? Abstract? CreationDate? ModDate? DocUsage? Cover? Keywords? Creator? CreatorVersion? CustomDatas?",
    "Document": "CommonData Pages Outlines? Permissions? Actions? VPreferences? Bookmarks? Annotations? CustomTags? Attachments? Extensions?",
    "CommonData": "MaxUnitID PageArea PublicRes* DocumentRes* TemplatePage* DefaultCS?",
    "PageArea": "PhysicalBox ApplicationBox? ContentBox? BleedBox?", "Area": "PhysicalBox ApplicationBox? ContentBox? BleedBox?",
    "Pages": "Page+", "Outlines": "OutlineElem+", "OutlineElem": "Actions? OutlineElem*", "Actions": "Action+", "Action": "Region? Goto",
    "Goto": "Dest", "Bookmarks": "Bookmark+", "Bookmark": "Dest", "Content": "Layer+",
    "Layer": "(TextObject|PathObject|ImageObject|PageBlock)*", "TextObject": f"Actions? Clips? {COLOURS} (CGTransform* TextCode)+",
    "CGTransform": "Glyphs?", "PathObject": "Actions? Clips? StrokeColor? FillColor? AbbreviatedData", "ImageObject": "Actions? Clips? Border?",
    "Res": "(ColorSpaces|DrawParams|Fonts|MultiMedias|CompositeGraphicUnits)*", "ColorSpaces": "ColorSpace+", "ColorSpace": "Palette?",
    "DrawParams": "DrawParam+", "DrawParam": COLOURS, "Fonts": "Font+", "Font": "FontFile?", "MultiMedias": "MultiMedia+",
    "MultiMedia": "MediaFile",
}
PAGE = "Template* PageRes* Area? Content? Actions?"  # the root of a page's file; a Page of Document.xml is empty
GRAPHIC = "ID! Boundary! Name Visible CTM DrawParam LineWidth Cap Join MiterLimit DashOffset DashPattern Alpha"
ATTRIBUTES = {
    "OFD": "Version! DocType!", "OutlineElem": "Title! Count Expanded", "Action": "Event!", "Bookmark": "Name!",
    "Dest": "Type! PageID! Left Top Right Bottom Zoom", "Layer": "ID! Type DrawParam",
    "TextObject": f"{GRAPHIC} Font! Size! Stroke Fill HScale ReadDirection CharDirection Weight Italic", "TextCode": "X Y DeltaX DeltaY",
    "CGTransform": "CodePosition! CodeCount GlyphCount", "PathObject": f"{GRAPHIC} Stroke Fill Rule",
    "ImageObject": f"{GRAPHIC} ResourceID! Substitution ImageMask", "FillColor": "Value Index ColorSpace Alpha",
    "StrokeColor": "Value Index ColorSpace Alpha", "Res": "BaseLoc!", "ColorSpace": "ID! Type! BitsPerComponent Profile",
    "DrawParam": "ID! Relative LineWidth Join Cap DashOffset DashPattern MiterLimit",
    "Font": "ID! FontName! FamilyName Charset Italic Bold Serif FixedWidth", "MultiMedia": "ID! Type! Format",
}
VALUES = {
    ("OFD", "Version"): r"1\.\d", ("OFD", "DocType"): "OFD", ("Action", "Event"): "DO|PO|CLICK", ("Dest", "Type"): "XYZ|Fit|FitH|FitV|FitR",
    ("Layer", "Type"): "Body|Background|Foreground|Custom", ("ColorSpace", "Type"): "GRAY|RGB|CMYK", ("ColorSpace", "BitsPerComponent"): "1|2|4|8|16",
    ("Font", "Charset"): "symbol|prc|big5|shift-jis|wansung|johab|unicode", ("MultiMedia", "Type"): "Image|Audio|Video",
    ("MultiMedia", "Format"): "BMP|JPEG|TIFF|PNG|GBIG2",
}
NUMBER = r"-?\d+(?:\.\d+)?"
LISTS = {"Boundary": 4, "CTM": 6, "PhysicalBox": 4}
COMPONENTS = {"GRAY": 1, "RGB": 3, "CMYK": 4}
PATH = re.compile(rf"(?:[SML] {NUMBER} {NUMBER}|Q(?: {NUMBER}){{4}}|B(?: {NUMBER}){{6}}|A(?: {NUMBER}){{7}}|C)(?: |$)")
SLACK = 1e-6  # millimetres


def problems_of(data):
    """What is wrong with an OFD file, in words; an empty list for one that is as the standard has it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile as error:
        return [f"no zip file: {error}"]
    return problems_of_files(files)


def problems_of_files(files):
    """The same of the files of a document by their paths."""
    return _Checked(files).problems


class _Checked:
    def __init__(self, files):
        self.files, self.problems, self.used = files, [], set()
        self.ids, self.references = {}, []
        root = self.xml("OFD.xml", "OFD")
        for body in root.iter(SPACE + "DocBody") if root is not None else ():
            self.info(body)
            location = body.findtext(SPACE + "DocRoot")
            if location:
                self.document(location)
        self.problems += [f"{name}: no other file leads to it" for name in sorted(set(files) - self.used)]

    def say(self, *words):
        self.problems.append(" ".join(map(str, words)))

    def xml(self, name, tag):
        """The root of a file, checked against the content models; None where there is none."""
        self.used.add(name)
        if name not in self.files:
            self.say(name, "is missing")
            return None
        try:
            root = ET.fromstring(self.files[name])
        except ET.ParseError as error:
            self.say(name, "is not well formed:", error)
            return None
        if root.tag != SPACE + tag:
            self.say(name, "has the root", root.tag, "and not", tag)
            return None
        for element in root.iter():
            self.element(name, element, is_page=element is root and tag == "Page")
        return root

    def element(self, name, element, is_page):
        if not element.tag.startswith(SPACE):
            self.say(name, element.tag, "is of another namespace")
            return
        tag = element.tag.removeprefix(SPACE)
        inside = " ".join(child.tag.removeprefix(SPACE) for child in element)
        if not _fits(inside, PAGE if is_page else CHILDREN.get(tag, "")):
            self.say(name, tag, "holds", repr(inside))
        said = {word.rstrip("!"): word.endswith("!") for word in ("" if is_page else ATTRIBUTES.get(tag, "ID! BaseLoc!" if tag == "Page" else "")).split()}
        for attribute in sorted({key for key, is_due in said.items() if is_due} - set(element.attrib)):
            self.say(name, tag, "has no", attribute)
        for attribute, value in element.attrib.items():
            if attribute not in said:
                self.say(name, tag, "has an unknown attribute", attribute)
            if (tag, attribute) in VALUES and not re.fullmatch(VALUES[tag, attribute], value):
                self.say(name, tag, attribute, "is", repr(value))
            if attribute in LISTS and not re.fullmatch(rf"{NUMBER}(?: {NUMBER}){{{LISTS[attribute] - 1}}}", value):
                self.say(name, tag, attribute, "is", repr(value))
        if tag in LISTS and not re.fullmatch(rf"{NUMBER}(?: {NUMBER}){{{LISTS[tag] - 1}}}", element.text or ""):
            self.say(name, tag, "is", repr(element.text))
        self.numbers(name, tag, element)

    def numbers(self, name, tag, element):
        """Note the number that an element bears, and those that it refers to."""
        if (own := element.get("ID")) is not None:
            if not re.fullmatch(r"[1-9]\d*", own):
                self.say(name, tag, "has the ID", repr(own))
            elif own in self.ids:
                self.say(name, tag, "has the ID", own, "of another element")
            self.ids[own] = (tag, element)
        wanted = {"Font": "Font", "ResourceID": "MultiMedia", "DrawParam": "DrawParam", "ColorSpace": "ColorSpace", "PageID": "Page"}
        for attribute, kind in wanted.items():
            if attribute in element.attrib:
                self.references.append((name, tag, attribute, element.get(attribute), kind))

    # ---- the parts ----

    def info(self, body):
        info = body.find(SPACE + "DocInfo")
        if info is None:
            return
        if not re.fullmatch(r"[0-9a-f]{32}", info.findtext(SPACE + "DocID") or ""):
            self.say("OFD.xml DocID is no number of 32 hexadecimal digits")
        for name in ("CreationDate", "ModDate"):
            day = info.findtext(SPACE + name)
            if day is not None and not re.fullmatch(r"\d{4}-[01]\d-[0-3]\d", day):
                self.say("OFD.xml", name, "is", repr(day))

    def document(self, location):
        root = self.xml(location, "Document")
        if root is None:
            return
        folder = location.rpartition("/")[0]
        self.fonts, self.spaces = {}, {}
        for name in ("PublicRes", "DocumentRes"):
            for told in root.iter(SPACE + name):
                self.resources(f"{folder}/{told.text}")
        pages = root.find(SPACE + "Pages")
        for told in pages if pages is not None else ():
            self.page(f"{folder}/{told.get('BaseLoc')}")
        for name, tag, attribute, number, kind in self.references:
            if self.ids.get(number, ("",))[0] != kind:
                self.say(name, tag, attribute, number, "leads to no", kind)
        largest = int(root.findtext(f"{SPACE}CommonData/{SPACE}MaxUnitID") or 0)
        if largest < max((int(number) for number in self.ids if number.isdigit()), default=0):
            self.say(location, "MaxUnitID", largest, "is less than the largest ID")
        for told in root.iter(SPACE + "OutlineElem"):
            count = len(told.findall(SPACE + "OutlineElem"))
            if int(told.get("Count", "0")) != count:
                self.say(location, "OutlineElem", told.get("Title"), "has", count, "below it")
        names = [told.get("Name") for told in root.iter(SPACE + "Bookmark")]
        if len(set(names)) < len(names):
            self.say(location, "two bookmarks bear one name")

    def resources(self, location):
        root = self.xml(location, "Res")
        if root is None:
            return
        folder = f"{location.rpartition('/')[0]}/{root.get('BaseLoc')}"
        for told in root.iter(SPACE + "ColorSpace"):
            self.spaces[told.get("ID")] = told.get("Type")
        for told in root.iter(SPACE + "Font"):
            data = self.file(location, folder, told.findtext(SPACE + "FontFile"))
            try:
                font = TTFont(io.BytesIO(data or b""))
                font.getBestCmap().keys()
                self.fonts[told.get("ID")] = font
            except Exception as error:
                self.say(location, "Font", told.get("ID"), "does not open:", error)
        for told in root.iter(SPACE + "MultiMedia"):
            data = self.file(location, folder, told.findtext(SPACE + "MediaFile"))
            magic = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG"}.get(told.get("Format"), b"")
            if data is not None and not data.startswith(magic):
                self.say(location, "MultiMedia", told.get("ID"), "is no", told.get("Format"))

    def file(self, location, folder, name):
        path = f"{folder}/{name}"
        self.used.add(path)
        if path not in self.files:
            self.say(location, "leads to", path, "which is missing")
        return self.files.get(path)

    # ---- a page ----

    def page(self, location):
        root = self.xml(location, "Page")
        if root is None:
            return
        size = [float(value) for value in (root.findtext(f"{SPACE}Area/{SPACE}PhysicalBox") or "0 0 0 0").split()]
        for told in root.iter():
            if "Boundary" in told.attrib:
                self.boundary(location, told, size)
            tag = told.tag.removeprefix(SPACE)
            if tag == "TextObject":
                self.text(location, told)
            elif tag == "AbbreviatedData" and PATH.sub("", told.text or "x"):
                self.say(location, "AbbreviatedData is", repr(told.text))
            elif tag in ("FillColor", "StrokeColor"):
                self.colour(location, told)

    def boundary(self, location, told, size):
        box = [float(value) for value in told.get("Boundary").split()]
        if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
            self.say(location, "a box without width or height:", told.get("Boundary"))
        elif min(box) < 0 or box[0] + box[2] > size[2] + SLACK or box[1] + box[3] > size[3] + SLACK:
            self.say(location, "a box outside the page:", told.get("Boundary"))

    def colour(self, location, told):
        space = self.spaces.get(told.get("ColorSpace"), "RGB")
        values = (told.get("Value") or "").split()
        if len(values) != COMPONENTS.get(space) or not all(value.isdigit() and int(value) <= 255 for value in values):
            self.say(location, "a colour of", space, "is", repr(told.get("Value")))

    def text(self, location, told):
        font = self.fonts.get(told.get("Font"))
        shown = font.getBestCmap() if font else {}
        covered, at = set(), 0
        for child in told:
            if child.tag == SPACE + "CGTransform":
                start, count = int(child.get("CodePosition", 0)), int(child.get("CodeCount", 1))
                covered |= set(range(start, start + count))
                glyphs = (child.findtext(SPACE + "Glyphs") or "").split()
                if len(glyphs) != int(child.get("GlyphCount", 1)) or font is None or any(int(glyph) >= font["maxp"].numGlyphs for glyph in glyphs):
                    self.say(location, "CGTransform has the glyphs", glyphs)
            elif child.tag == SPACE + "TextCode":
                text = child.text or ""
                if not text:
                    self.say(location, "a TextCode without text")
                for name in ("DeltaX", "DeltaY"):
                    if name in child.attrib and _steps(child.get(name)) != len(text) - 1:
                        self.say(location, name, "has not a step fewer than there are characters:", repr(text))
                if "DeltaX" not in child.attrib and len(text) > 1:
                    self.say(location, "no DeltaX:", repr(text))
                for n, character in enumerate(text, at):
                    if ord(character) not in shown and n not in covered:
                        self.say(location, f"the font has no glyph for {character!r} (U+{ord(character):04X})")
                at += len(text)


def _fits(inside, model):
    """Whether children, by their names, are what a content model allows."""
    pattern = re.sub(r"[A-Za-z]+", lambda found: f"(?:{found[0]} )", model).replace(" ?", "?").replace(") (", ")(").replace("? (", "?(")
    pattern = re.sub(r"(?<=[?*+]) ", "", pattern)
    return re.fullmatch(pattern, inside + " " if inside else "") is not None


def _steps(said):
    """How many steps a list of steps holds, -1 for one that is none."""
    words, count = iter(said.split()), 0
    for word in words:
        if word == "g":
            times, step = next(words, ""), next(words, "")
            if not times.isdigit() or not re.fullmatch(NUMBER, step):
                return -1
            count += int(times)
        elif re.fullmatch(NUMBER, word):
            count += 1
        else:
            return -1
    return count
