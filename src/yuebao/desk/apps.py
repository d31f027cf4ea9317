from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "yuebao.desk"
    label = "desk"
    verbose_name = "编辑台"
    default_auto_field = "django.db.models.BigAutoField"
