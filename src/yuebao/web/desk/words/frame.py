"""What stands around every page of the desk."""

WORDS: dict[str, tuple[str, str]] = {
    "desk": ("编辑台", "Desk"),
    "desk_nav": ("编辑台导航", "Desk"),
}
