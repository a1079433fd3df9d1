"""
Settings for every place Sinergi runs in, read from the environment.

Nothing needs to be set to try it out: `make run` sets DEBUG=1. Without DEBUG the portal is in
production and refuses to start until SECRET_KEY and ALLOWED_HOSTS are given. docs/operations.md
lists every variable.
"""

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import bootstrap
from django.core.exceptions import ImproperlyConfigured

from sinergi import environment
from sinergi.environment import choice, flag, needed, number, refuse, text, texts

BASE_DIR = Path(__file__).resolve().parent.parent


DEBUG = flag("DEBUG")
if DEBUG:
    SECRET_KEY = text(
        "SECRET_KEY", "hanya-untuk-mencoba-di-komputer-sendiri-jangan-dipakai-di-peladen"
    )
    ALLOWED_HOSTS = texts("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")
else:
    SECRET_KEY = needed(
        "SECRET_KEY", "kunci rahasia untuk sesi dan tautan, paling sedikit 50 karakter acak"
    )
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
        raise refuse("SECRET_KEY", "paling sedikit 50 karakter acak")
    needed("ALLOWED_HOSTS", "nama host portal, dipisah koma")
    ALLOWED_HOSTS = texts("ALLOWED_HOSTS")
    if "*" in ALLOWED_HOSTS:
        raise refuse("ALLOWED_HOSTS", "sebut nama host portal; “*” menerima nama siapa pun")
    # A monitor on the server itself asks by this name.
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
# Keys that were in force before: sessions and links signed with them hold until they end.
SECRET_KEY_FALLBACKS = texts("SECRET_KEY_FALLBACKS")
CSRF_TRUSTED_ORIGINS = texts("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "sinergi.kit.admin_config.SinergiAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_guid",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "import_export",
    "simple_history",
    "sinergi.kit",
    "sinergi.accounts",
    "sinergi.home",
    "villages",
    "programs",
    "advocacy",
    "sinergi.search",
    "sinergi.operations",
]

MIDDLEWARE = [
    "django_guid.middleware.guid_middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "sinergi.kit.middleware.RequestSizeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sinergi.accounts.middleware.PrivateAnswersMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "sinergi.accounts.middleware.LastSeenMiddleware",
    "sinergi.accounts.middleware.SecondFactorMiddleware",
    "sinergi.accounts.middleware.ProvinceTimeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sinergi.kit.documents.PaperErrorMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "sinergi.kit.middleware.OwnNotFoundMiddleware",
    "axes.middleware.AxesMiddleware",
]

# `make dev` only: the toolbar loads its files from here, so the content security policy is the same
# with it.
DEBUG_TOOLBAR = DEBUG and flag("DEBUG_TOOLBAR") and find_spec("debug_toolbar") is not None
if DEBUG_TOOLBAR:
    INSTALLED_APPS.append("debug_toolbar")
    MIDDLEWARE.insert(
        MIDDLEWARE.index("csp.middleware.CSPMiddleware") + 1,
        "debug_toolbar.middleware.DebugToolbarMiddleware",
    )
    INTERNAL_IPS = ["127.0.0.1", "::1"]

ROOT_URLCONF = "sinergi.urls"
WSGI_APPLICATION = "sinergi.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        ("sinergi.kit.templates.Loader", [BASE_DIR / "templates"]),
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sinergi.home.context.shell",
            ],
            "builtins": [
                "sinergi.kit.templatetags.sinergi",
                "sinergi.kit.templatetags.components",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "sinergi.kit.jinja.environment"},
    },
]

# Database ---------------------------------------------------------------------------------------
DATA_DIR = Path(text("DATA_DIR", str(BASE_DIR / "var")))
try:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise refuse("DATA_DIR", f"folder {DATA_DIR} tidak dapat dibuat ({error.strerror})") from error
DATABASES = {"default": environment.database(DATA_DIR)}

# Accounts and sessions --------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "sinergi.accounts.backends.RoleBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "sinergi.accounts.passwords.NotLikeTheAccount"},
    {"NAME": "sinergi.accounts.passwords.MinimumLength", "OPTIONS": {"min_length": 10}},
    {"NAME": "sinergi.accounts.passwords.NotCommon"},
    {"NAME": "sinergi.accounts.passwords.NotNumeric"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home:home"
LOGOUT_REDIRECT_URL = "accounts:login"
SESSION_ENGINE = "sinergi.accounts.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_NAME = "sinergi_sesi"
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600  # of the link an administrator sends with an invitation
# Wrong passwords, counted by sinergi.accounts.throttle: for account and address, and for an
# address.
AXES_HANDLER = "sinergi.accounts.throttle.SignInThrottle"
AXES_FAILURE_LIMIT = 5
SIGN_IN_FAILURES_PER_ADDRESS = number("SIGN_IN_FAILURES_PER_ADDRESS", 50, 1)
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "sinergi.accounts.throttle.counted_name"
AXES_CLIENT_IP_CALLABLE = "sinergi.accounts.throttle.client_address"
AXES_RESET_ON_SUCCESS = True
# Whoever goes on trying while locked out neither waits longer nor uses up what the address has
# left.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# What is never kept of a failed attempt, beside the password.
AXES_SENSITIVE_PARAMETERS = [
    "username",
    "ip_address",
    "otp_token",
    "old_password",
    "new_password1",
    "new_password2",
    "csrfmiddlewaretoken",
]
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
# Codes beside the password (sinergi.accounts.second_factor): not at all, for whoever likes, or
# obligatory for administrators and chairs. django-otp's middleware is not used: it asks for the
# device at every request.
SECOND_FACTOR = choice("SECOND_FACTOR", ["off", "optional", "required"], "optional")
OTP_TOTP_ISSUER = "Sinergi"
OTP_TOTP_SYNC = False  # a device whose clock is off by more than half a minute stays wrong
# How many proxies of one's own stand before gunicorn; 0 takes the address of the connection itself.
PROXY_COUNT = number("PROXY_COUNT", 0)

# Language and time: one language, so an English browser gets Indonesian errors too --------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"  # WIB; meetings are shown in the zone of their province

# Mail: nothing is sent without EMAIL_HOST and SITE_URL, and pages say so --------------------------
SITE_URL = text("SITE_URL").rstrip("/")
if SITE_URL and not (urlsplit(SITE_URL).scheme in {"http", "https"} and urlsplit(SITE_URL).netloc):
    raise refuse("SITE_URL", "isinya alamat portal, misalnya https://sinergi.example.go.id")
EMAIL_HOST = text("EMAIL_HOST")
EMAIL_USE_SSL = flag("EMAIL_USE_SSL")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", not EMAIL_USE_SSL)
if EMAIL_USE_TLS and EMAIL_USE_SSL:
    raise ImproperlyConfigured(
        "Pilih salah satu: EMAIL_USE_TLS (STARTTLS, porta 587) atau EMAIL_USE_SSL (porta 465)."
    )
EMAIL_PORT = number("EMAIL_PORT", 465 if EMAIL_USE_SSL else 587, 1)
EMAIL_HOST_USER = text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = text("EMAIL_HOST_PASSWORD")
EMAIL_TIMEOUT = number("EMAIL_TIMEOUT", 20, 1)  # seconds
DEFAULT_FROM_EMAIL = text(
    "DEFAULT_FROM_EMAIL",
    EMAIL_HOST_USER
    if "@" in EMAIL_HOST_USER
    else f"sinergi@{urlsplit(SITE_URL).hostname or 'localhost'}",
)

# Files ------------------------------------------------------------------------------------------
STATIC_URL = "static/"
# They belong to the code and not to DATA_DIR: each version on a server has its own.
STATIC_ROOT = BASE_DIR / "var/static"
STATICFILES_DIRS = [BASE_DIR / "static", ("css/vendor", Path(bootstrap.__path__[0]) / "css")]
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": environment.uploads_storage(),
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "sinergi.kit.staticfiles.BundledStaticFilesStorage"
        )
    },
}
# Backups: where to, how many of them, and the passphrase that encrypts them (manage.py backup).
BACKUP_DIR = Path(text("BACKUP_DIR", str(DATA_DIR / "backups")))
BACKUP_KEEP = number("BACKUP_KEEP", 14, 1)
BACKUP_KEY = text("BACKUP_KEY")
DATA_UPLOAD_MAX_MEMORY_SIZE = (
    5 * 1024 * 1024
)  # text of one form; files are counted apart (sinergi.kit.uploads)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
FILE_UPLOAD_PERMISSIONS = 0o640
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
IMPORT_EXPORT_SKIP_ADMIN_LOG = False
SIMPLE_HISTORY_ENFORCE_HISTORY_MODEL_PERMISSIONS = False
# Nobody walks a history by its days alone (sinergi.kit.models.History).
SIMPLE_HISTORY_DATE_INDEX = False
# An old version is looked at, not put back (sinergi.kit.admin).
SIMPLE_HISTORY_REVERT_DISABLED = True

# Security ---------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "worker-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
if not DEBUG:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = flag("HTTPS", True)
    if SESSION_COOKIE_SECURE:
        # By these names a browser takes a cookie from this host alone, and over HTTPS.
        SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sinergi_sesi", "__Host-csrftoken"
    SECURE_REDIRECT_EXEMPT = [r"^sehat/(lengkap/)?$"]
    SECURE_HSTS_SECONDS = number("HSTS_SECONDS", 365 * 24 * 3600) if SECURE_SSL_REDIRECT else 0
    SECURE_HSTS_INCLUDE_SUBDOMAINS = flag("HSTS_INCLUDE_SUBDOMAINS", True)
    SECURE_HSTS_PRELOAD = flag("HSTS_PRELOAD", SECURE_HSTS_INCLUDE_SUBDOMAINS)
    if PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# What a monitor sends to read all of /sehat/lengkap/; without it that page is not there.
HEALTH_TOKEN = text("HEALTH_TOKEN")
if HEALTH_TOKEN and len(HEALTH_TOKEN) < 20:
    raise refuse("HEALTH_TOKEN", "paling sedikit 20 karakter acak")

# Log: lines of text or of JSON, each with the number of its request ------------------------------
LOG_LEVEL = choice("LOG_LEVEL", ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], "INFO")
LOG_FORMAT = choice("LOG_FORMAT", ["text", "json"], "text")
# Addresses of visitors, in the lines of signing in alone, for a program that bars whoever guesses.
LOG_ADDRESSES = flag("LOG_ADDRESSES")
# Errors are told to somebody, too, where one of these is given.
ERROR_MAIL_TO = texts("ERROR_MAIL_TO")
ERROR_WEBHOOK_URL = text("ERROR_WEBHOOK_URL")
if ERROR_WEBHOOK_URL and urlsplit(ERROR_WEBHOOK_URL).scheme not in {"http", "https"}:
    raise refuse("ERROR_WEBHOOK_URL", "isinya alamat yang diawali https://")
if ERROR_MAIL_TO and not EMAIL_HOST:
    raise refuse("ERROR_MAIL_TO", "isi juga EMAIL_HOST, peladen surel yang mengirimnya")
# A proxy that numbers requests sends its number along; else each gets one here.
DJANGO_GUID = {"GUID_HEADER_NAME": "X-Request-ID", "EXPOSE_HEADER": False}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {
            "()": "sinergi.kit.logs.LineFormatter",
            "format": "{asctime} {levelname} {name} [{request_id}]: {message}",
            "style": "{",
        },
        "json": {
            "()": "sinergi.kit.logs.JSONFormatter",
            "format": "{asctime} {levelname} {name} {request_id} {message}",
            "style": "{",
        },
    },
    "filters": {
        "request_id": {"()": "sinergi.kit.logs.RequestIdFilter"},
        "refusal": {"()": "sinergi.kit.logs.RefusalFilter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["request_id", "refusal"],
        },
        "mail": {
            "class": "sinergi.kit.error_reports.MailHandler",
            "formatter": "text",
            "filters": ["request_id"],
        },
        "webhook": {
            "class": "sinergi.kit.error_reports.WebhookHandler",
            "formatter": "text",
            "filters": ["request_id"],
        },
    },
    "root": {
        "handlers": [
            "console",
            *(["mail"] if ERROR_MAIL_TO else []),
            *(["webhook"] if ERROR_WEBHOOK_URL else []),
        ],
        "level": LOG_LEVEL,
    },
    "loggers": {
        "axes": {"level": "WARNING"},
        "django": {"handlers": []},  # told once, by the root
        "django_guid": {"level": "ERROR"},  # else two lines a request
        # Of the server that `make run` starts, no line for every request.
        "django.server": {"handlers": [], "level": "ERROR"},
    },
}
