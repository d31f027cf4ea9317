"""H: what the collation of two copies says. The comparing is `collate`; here stands what each code means, for reports and for the docs."""

from __future__ import annotations

from yuebao.proof.rule import CollationRule, Severity

BASIS = "校异同（核红）"


def _rule(code: str, title: str, title_en: str, severity: Severity, reason: str, wrong: str, right: str) -> CollationRule:
    return CollationRule(code, title, title_en, severity, reason, wrong, right, BASIS, safe=False)


RULES = (
    _rule("H001", "采纳的改动没有照改", "Accepted correction not carried out", "error",
          "校样上已决定的改动，新稿里仍是原样，或改成了别的样子。",
          "旧稿：会议布署防汛工作。\n新稿：会议布署防汛工作。\n采纳：布署→部署",
          "旧稿：会议布署防汛工作。\n新稿：会议部署防汛工作。\n采纳：布署→部署"),
    _rule("H002", "文字改动", "Text changed", "error",
          "新稿与旧稿不同，却没有人决定过这处改动。",
          "旧稿：全县种植小麦42万亩。\n新稿：全县种植小麦24万亩。",
          "旧稿：全县种植小麦42万亩。\n新稿：全县种植小麦42万亩。"),
    _rule("H003", "同样的文字另有未改之处", "The same text left elsewhere", "warning",
          "一处改了，同样的误字别处还有。",
          "旧稿：会议布署防汛。县里布署秋收。\n新稿：会议部署防汛。县里布署秋收。\n采纳：布署→部署",
          "旧稿：会议布署防汛。县里部署秋收。\n新稿：会议部署防汛。县里部署秋收。\n采纳：布署→部署"),
    _rule("H004", "目录页码变动", "Page of the contents moved", "warning",
          "重排以后条目换了页，或目录的页码被改动。",
          "旧稿：防汛会召开(6)\n新稿：防汛会召开(7)",
          "旧稿：防汛会召开(6)\n新稿：防汛会召开(6)"),
    _rule("H005", "文字移位", "Text moved", "error",
          "一段文字从原处挪到了别处，多在换页处。",
          "旧稿：会议听取了工作汇报。与会人员进行深入讨论。最后作出安排部署。\n新稿：会议听取了工作汇报。最后作出安排部署。与会人员进行深入讨论。",
          "旧稿：会议听取了工作汇报。最后作出安排部署。\n新稿：会议听取了工作汇报。最后作出安排部署。"),
    _rule("H006", "脱漏", "Text lost", "error",
          "旧稿有、新稿没有的文字，多在行末、页末。",
          "旧稿：会议听取汇报，研究部署下一步工作。\n新稿：会议听取汇报，研究部署工作。",
          "旧稿：会议听取汇报。\n新稿：会议听取汇报。"),
    _rule("H007", "重复", "Text doubled", "error",
          "新稿里同样的文字接连出现两次，多在换页处。",
          "旧稿：做好城市绿化等工作。\n新稿：做好城市绿化等工作。作。",
          "旧稿：做好城市绿化等工作。\n新稿：做好城市绿化等工作。"),
)
