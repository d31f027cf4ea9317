"""Of which place an office is that names none, where the item says so: 丰岭市委书记甲、市长乙 are both of 丰岭市. Pure."""

from __future__ import annotations

import re

from yuebao.model import Annotation, Item, PersonValue, PlaceValue

_OFFICE_OF = re.compile(
    r"(?:中共)?(?!副|代|常务)(?P<place>[^\W\d_]{1,8}?(?:自治[县州]|[市县区州旗]))(?=委|政府|人民|人大|政协|纪委|监委|常务|代|副|[市县区州旗]?长|[市县区州旗]委)")
_LOCAL = re.compile(r"(?:代理?|常务)*副?(?P<kind>[县区旗])(?:长|委|政府|人大|政协|纪委|监委)")
_CITY = re.compile(r"(?:代理?|常务)*副?市(?:长|委|政府|人大|政协|纪委|监委)")


Before = tuple[int, str | None]  # where the mention before ends, and the place of its offices


def places_of(item: Item) -> dict[Annotation, str]:
    """The place of each person's offices that is not to be taken for the series' own, by annotation.

    A list carries it on: from 丰岭市委书记甲 to 、市长乙, from 石濑县委书记丙 to ，县长丁. Else an office of a county is that of the only
    county of its kind that the item has named so far.
    """
    found: dict[Annotation, str] = {}
    counties: dict[str, None] = {}
    before: Before = (0, None)
    for annotation in sorted(item.annotations, key=lambda a: (a.start, a.end)):
        if isinstance(annotation.value, PlaceValue):
            counties[annotation.value.name] = None
        if not isinstance(annotation.value, PersonValue) or not annotation.value.offices:
            continue
        place = _place(item.text, annotation, annotation.value.offices, before, tuple(counties))
        if place:
            found[annotation] = place
            counties[place] = None
        before = annotation.end, place
    return found


def _place(text: str, person: Annotation, offices: tuple[str, ...], before: Before, counties: tuple[str, ...]) -> str | None:
    for office in offices:
        if said := _OFFICE_OF.match(office):
            return said["place"]
    start = text.rfind(offices[0], 0, person.start)
    between = text[before[0]:start] if start >= before[0] else ""
    local = next((match for office in offices if (match := _LOCAL.match(office))), None)
    city = any(_CITY.match(office) for office in offices)
    if before[1] and (between in ("", "、") or (local and between in ("，", ","))) and (
        (local and before[1].endswith(local["kind"])) or (city and before[1].endswith("市")) or not (local or city)
    ):
        return before[1]
    if local:
        fitting = [name for name in counties if name.endswith(local["kind"]) and len(name) > 2]
        return fitting[0] if len(fitting) == 1 else None
    return None
