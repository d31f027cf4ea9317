"""Django settings of archive, desk and reading room. Reading them writes nothing: `yuebao.archive.setup` makes the home and its key."""

import secrets

from yuebao.archive.places import database_of, home_path, secret_key_path

_home = home_path()
_key = secret_key_path(_home)

# before the first set-up there is no key on disk: one for this process alone
SECRET_KEY = _key.read_text(encoding="ascii").strip() if _key.is_file() else secrets.token_urlsafe(48)
DEBUG = False
# no server of ours listens on anything but the loopback address until sign-in exists
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
X_FRAME_OPTIONS = "DENY"
# whatever happens is told in the error tree; nothing is written to a log that could leave the house
LOGGING_CONFIG = None
