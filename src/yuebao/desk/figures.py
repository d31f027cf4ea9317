"""图 of an item: a picture with its caption and credit, added, reworded, withdrawn. Each is a version of the item, to be reviewed again."""

from __future__ import annotations

from yuebao.archive.engines import writing
from yuebao.desk import items, scans
from yuebao.desk.models import Account, DeskFigure, DeskItem
from yuebao.errors import InputError, UsageError
from yuebao.publish.pictures import NoPicture, shape_of


def add(item_id: int, name: str, data: bytes, *, caption: str, credit: str, seen: int, by: Account) -> DeskFigure:
    """A new figure of the item. Raises UsageError E222, E223, E227; InputError E505 for what is no picture that can be set."""
    try:
        shape_of(data)
    except NoPicture as error:
        raise InputError("E505", name=name, reason=str(error)) from None
    with writing():
        item = _in_hand(item_id, seen)
        made = DeskFigure.objects.create(item=item, picture=scans.keep(name, data, by), caption=caption.strip(), credit=credit.strip())
        items.step(item, items.EDITING, by, "figure added", f"加图：{made.caption}")
    return made


def reword(item_id: int, figure_id: int, *, caption: str, credit: str, seen: int, by: Account) -> DeskFigure:
    """The figure with another caption and credit. Raises UsageError E205, E222, E223."""
    with writing():
        item = _in_hand(item_id, seen)
        figure = _figure(item, figure_id)
        figure.caption, figure.credit = caption.strip(), credit.strip()
        figure.save(update_fields=["caption", "credit"])
        items.step(item, items.EDITING, by, "figure reworded", f"改图说：{figure.caption}")
    return figure


def withdraw(item_id: int, figure_id: int, *, seen: int, by: Account) -> DeskFigure:
    """The figure taken out of the item; its picture is kept. Raises UsageError E205, E222, E223."""
    with writing():
        item = _in_hand(item_id, seen)
        figure = _figure(item, figure_id)
        figure.is_withdrawn = True
        figure.save(update_fields=["is_withdrawn"])
        items.step(item, items.EDITING, by, "figure withdrawn", f"撤图：{figure.caption}")
    return figure


def _in_hand(item_id: int, seen: int) -> DeskItem:
    item = items.locked(item_id, seen)
    items.check_in_hand(item)
    return item


def _figure(item: DeskItem, figure_id: int) -> DeskFigure:
    figure = DeskFigure.objects.filter(pk=figure_id, item=item, is_withdrawn=False).first()
    if figure is None:
        raise UsageError("E205", path=f"figure {figure_id}")
    return figure
