"""The desk: from a month's copy to an approved, distributed issue. People decide here; every step is kept.

What a view does is one call into a module of this room, in one transaction with its line in the audit log:

accounts      who may sign in, their roles, lock-out            permissions   the one matrix: action × role
audit         the log, a chain of hashes, exported as CSV       offices       what the office has settled (three reviews by three people …)
passwords     which are taken, how they are kept                slowing       addresses that fail to sign in must wait
copy          来稿 taken in, kept byte for byte                 stories       同题稿件: merged, split, dropped with a reason
items         条目: edited with a version check, history         board         the issue's items in their columns and order
reviews       初审 复审 终审, comments, sent back                issues        numbers reserved, 稿次 and 校次, 保密审查, 核红
signing       签发: set, archived, editions, whole or not at all distribution  发送对象, numbered copies, who fetched what
errata        勘误, reprint, recall                             commissions   组稿, reminders, 用稿统计
papers        审校单, 印刷通知单, 签收单, 归档目录, filled in

Beside them: `numbers` and `rounds` of an issue, how far it is (`standing`), its document (`drafts`) and files (`editions`); of an item its
`ordering`, `comments`, `figures`, `findings`, `sources`, how print has its people (`in_print`), two texts of it `compared`; the issue as a
whole looked over (`survey`), the back `run`; `contributors`, `recipients`, `scans`; `carrying` takes the tables into bag and backup.
"""
