from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "yuebao.archive"
    label = "archive"
    verbose_name = "存档"
    default_auto_field = "django.db.models.BigAutoField"
