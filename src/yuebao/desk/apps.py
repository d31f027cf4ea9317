from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "yuebao.desk"
    label = "desk"
    verbose_name = "编辑台"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What the desk keeps is proved and carried with the record."""
        from yuebao.archive import beside
        from yuebao.desk import carrying

        beside.keep(carrying.KEPT)
