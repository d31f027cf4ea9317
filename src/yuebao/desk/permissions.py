"""The one matrix of permissions: which role may do what. The docs print it, the doors of the web hold it, a test walks every cell."""

from __future__ import annotations

from yuebao.desk.models import Account

# role → (Chinese, English)
ROLES: dict[str, tuple[str, str]] = {
    "contributor": ("供稿单位", "contributor"),
    "editor": ("编辑", "editor"),
    "first_reviewer": ("初审", "first reviewer"),
    "second_reviewer": ("复审", "second reviewer"),
    "final_reviewer": ("终审", "final reviewer"),
    "proofreader": ("校对", "proofreader"),
    "secrecy_reviewer": ("保密审查", "secrecy reviewer"),
    "signatory": ("签发人", "signatory"),
    "reader": ("读者", "reader"),
    "administrator": ("管理员", "administrator"),
}
_REVIEWERS = {"first_reviewer", "second_reviewer", "final_reviewer"}
_DESK = {"editor", "proofreader", "secrecy_reviewer", "signatory", *_REVIEWERS}

# action → (Chinese, the roles that may)
ACTIONS: dict[str, tuple[str, frozenset[str]]] = {
    "read archive": ("阅览存档", frozenset({*_DESK, "reader", "administrator"})),
    "judge findings": ("处理存档的校对意见", frozenset({"editor", "proofreader"})),
    "decide chronicle": ("认定大事记取舍", frozenset({"editor"})),
    "submit copy": ("送来稿件、查看自己的来稿", frozenset({"contributor", "editor"})),
    "read desk": ("查看编辑台", frozenset(_DESK)),
    "sort copy": ("采用、合并、拆分、不用来稿", frozenset({"editor"})),
    "edit items": ("编改条目、调整次序", frozenset({"editor"})),
    "comment": ("批注、退回", frozenset(_DESK)),
    "review first": ("初审", frozenset({"first_reviewer"})),
    "review second": ("复审", frozenset({"second_reviewer"})),
    "review final": ("终审", frozenset({"final_reviewer"})),
    "enter for others": ("代录纸上的审签", frozenset({"editor"})),
    "open issues": ("开期、占用期号", frozenset({"editor"})),
    "advance issues": ("送审、定稿、登记校次", frozenset({"editor", "proofreader"})),
    "review secrecy": ("保密审查", frozenset({"secrecy_reviewer"})),
    "sign off": ("签发", frozenset({"signatory"})),
    "distribute": ("发送、登记签收", frozenset({"editor"})),
    "fetch editions": ("下载已签发的各版", frozenset({*_DESK, "reader"})),
    "correct issues": ("勘误、重印、收回", frozenset({"editor"})),
    "commission": ("组稿、催稿、用稿统计", frozenset({"editor"})),
    "keep lists": ("维护供稿单位、发送对象", frozenset({"editor", "administrator"})),
    "manage accounts": ("管理账号", frozenset({"administrator"})),
    "settle office": ("本室设置", frozenset({"administrator"})),
    "read audit": ("查看操作记录", frozenset({"administrator"})),
}


def may(account: Account, action: str) -> bool:
    """Whether the account may do this now. Raises KeyError for an action that the matrix does not know."""
    return account.is_active and not ACTIONS[action][1].isdisjoint(account.roles)
