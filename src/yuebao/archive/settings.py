"""Django settings of archive, desk and reading room. Reading them writes nothing: `yuebao.archive.setup` makes the home and its key."""

import os
import secrets

from yuebao.archive.places import database_of, home_path, secret_key_path

_home = home_path()
_key = secret_key_path(_home)

# before the first set-up there is no key on disk: one for this process alone
SECRET_KEY = _key.read_text(encoding="ascii").strip() if _key.is_file() else secrets.token_urlsafe(48)
DEBUG = False
# other names and addresses are added by `yuebao serve`, which listens on the network only where there are accounts
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]

INSTALLED_APPS = [
    "yuebao.archive", "yuebao.desk", "yuebao.web", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.messages",
    "django.contrib.staticfiles",
]
AUTH_USER_MODEL = "desk.Account"
PASSWORD_HASHERS = ["yuebao.desk.passwords.OfficeArgon2"]
# a cookie signed with the home's own key: nothing of it lies in the database
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_NAME = "yuebao_session"
SESSION_COOKIE_AGE = 72 * 3600  # no session is longer; how long one is the office settles (`desk.offices`)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
# what has just been done is told once, on the next page
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yuebao.web.frame.ReadingRoom",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "yuebao.web.doors.Doors",
]
ROOT_URLCONF = "yuebao.web.urls"
CSRF_FAILURE_VIEW = "yuebao.web.judging.refused"
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request", "django.template.context_processors.i18n",
        "django.contrib.messages.context_processors.messages",
    ]},
}]

DATABASES = {"default": database_of(_home)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # served from the package itself: nothing to collect
SECURE_REFERRER_POLICY = "same-origin"
# a file and the fields of a form have so many bytes at most
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 << 20
DATA_UPLOAD_MAX_NUMBER_FILES = 200
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_HANDLERS = [
    "yuebao.web.uploading.Bounded", "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
X_FRAME_OPTIONS = "DENY"
# whatever happens is told in the error tree; nothing is written to a log that could leave the house
LOGGING_CONFIG = None

# what holds besides where a server before this one ends TLS (`yuebao serve --behind-tls`)
BEHIND_TLS = {
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "SECURE_SSL_REDIRECT": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_HSTS_SECONDS": 30 * 24 * 3600,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
}
# a name of the office's own network stands in no browser's list
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if os.environ.get("YUEBAO_BEHIND_TLS"):
    globals().update(BEHIND_TLS)
