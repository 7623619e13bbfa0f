"""Settings: closed by default, read from the environment through `diplowatch.env`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from diplowatch import env
from diplowatch.bootstrap import data_folder

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = data_folder()

# -- who we are ---------------------------------------------------------------------------------

LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]


def _secret() -> str:
    kept = DATA_DIR / "secret_key"
    default = kept.read_text().strip() if kept.exists() else None
    return env.text("DIPLOWATCH_SECRET_KEY", default)


SECRET_KEY = _secret()
DEBUG = env.flag("DIPLOWATCH_DEBUG", default=False)
ALLOWED_HOSTS = env.words("DIPLOWATCH_HOSTS", ",".join(LOCAL_HOSTS))
LOCAL = set(ALLOWED_HOSTS) <= {*LOCAL_HOSTS, "testserver"}
HTTPS = env.flag("DIPLOWATCH_HTTPS", default=not LOCAL)
CSRF_TRUSTED_ORIGINS = [] if LOCAL else [f"https://{host}" for host in ALLOWED_HOSTS]
PUBLIC_READING = env.flag("DIPLOWATCH_PUBLIC_READING", default=False)
EDITORS_IMPORT = env.flag("DIPLOWATCH_EDITORS_IMPORT", default=True)
EMBEDDED = env.flag("DIPLOWATCH_EMBEDDED", default=False)

INSTALLED_APPS = [
    "diplowatch.accounts",
    "diplowatch",
    "articles",
    "annotations",
    "diplowatch.accounts.admin_config.HouseAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",  # first: redirects and static files bear the policy too
    "diplowatch.accounts.middleware.permissions_policy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "diplowatch.middleware.one_thread",  # must stay last
]

ROOT_URLCONF = "diplowatch.urls"
ASGI_APPLICATION = "diplowatch.asgi.application"
WSGI_APPLICATION = "diplowatch.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "diplowatch.context.house",
            ],
            # In place of Django's own: words are looked up once, not for every page.
            "libraries": {} if DEBUG else {"i18n": "diplowatch.lib.words"},
        },
    }
]

# That a tag library of ours stands in for one of Django's is meant.
SILENCED_SYSTEM_CHECKS = ["templates.W003"]

# -- the database -------------------------------------------------------------------------------

DATABASES: dict[str, dict[str, Any]] = {"default": env.database("DATABASE_URL")}
# Under ASGI each request has a thread of its own: connections are kept in a pool, not by thread.
POOL_SIZE = env.number("DIPLOWATCH_POOL", 0)
if POOL_SIZE:
    pool = {"min_size": 2, "max_size": POOL_SIZE, "timeout": 20}
    DATABASES["default"]["OPTIONS"]["pool"] = pool
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.number("DIPLOWATCH_CONN_MAX_AGE", 600)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- languages and time -------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.text("DIPLOWATCH_TIME_ZONE", "Europe/Paris")
USE_TZ = True
FORMAT_MODULE_PATH = ["diplowatch.formats"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS

# -- static files -------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("DIPLOWATCH_STATIC", str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "diplowatch.staticfiles.HashedStorage"},
}

# -- security -----------------------------------------------------------------------------------

# Browsers apply form-action to the redirects after a form too: signing in by OIDC leaves the site.
OIDC_SERVER = env.text("DIPLOWATCH_OIDC_SERVER", "")
FORM_TARGETS = [*env.origins(OIDC_SERVER), *env.words("DIPLOWATCH_FORM_TARGETS")]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *FORM_TARGETS],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if env.flag("DIPLOWATCH_BEHIND_PROXY", default=HTTPS):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")

# -- accounts -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "DiploWatch – "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "diplowatch.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "diplowatch.accounts.forms.SignInForm",
    "change_password": "diplowatch.accounts.forms.ChangePasswordForm",
    "reset_password": "diplowatch.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "diplowatch.accounts.forms.ResetPasswordForm",
    "reauthenticate": "diplowatch.accounts.forms.ConfirmPasswordForm",
}
MFA_ADAPTER = "diplowatch.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "diplowatch.accounts.forms.CodeForm",
    "reauthenticate": "diplowatch.accounts.forms.ConfirmCodeForm",
    "activate_totp": "diplowatch.accounts.forms.ActivateFactorForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "DiploWatch"
MFA_TOTP_TOLERANCE = 1  # one half minute either way: clocks drift
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are given by admins
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # reset links and one-time sign-in links
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]

# The organisation's own sign-in (OpenID Connect), when a server is named.
OIDC_ROLE = env.text("DIPLOWATCH_OIDC_ROLE", "")  # of newcomers; "" lets in invited people only
SOCIALACCOUNT_ADAPTER = "diplowatch.accounts.adapter.ProviderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if OIDC_SERVER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": env.text("DIPLOWATCH_OIDC_NAME", "OpenID Connect"),
                "client_id": env.text("DIPLOWATCH_OIDC_CLIENT_ID"),
                "secret": env.text("DIPLOWATCH_OIDC_CLIENT_SECRET"),
                "settings": {"server_url": OIDC_SERVER},
            }
        ],
    }

# Attempts to sign in are counted in the database: every process sees the same count.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

# -- authorities --------------------------------------------------------------------------------

# Asked beside the local records, never waited for; "no" asks nobody.
WIKIDATA_API = env.optional("DIPLOWATCH_WIKIDATA", "https://www.wikidata.org/w/api.php")
RECONCILIATION = env.pairs("DIPLOWATCH_RECONCILIATION")  # services by name
CONTACT = env.text("DIPLOWATCH_CONTACT", "")  # said to the authorities: whom to write to
SITE_ADDRESS = f"http{'s' if HTTPS else ''}://{next(iter(ALLOWED_HOSTS), 'localhost')}"

# -- mail ---------------------------------------------------------------------------------------

EMAIL_HOST = env.text("DIPLOWATCH_EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = env.number("DIPLOWATCH_EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("DIPLOWATCH_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("DIPLOWATCH_EMAIL_PASSWORD", "")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = env.flag("DIPLOWATCH_EMAIL_STARTTLS", default=EMAIL_PORT == 587)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("DIPLOWATCH_EMAIL_FROM", "DiploWatch <diplowatch@localhost>")

# -- import -------------------------------------------------------------------------------------

MAX_FILE_BYTES = env.number("DIPLOWATCH_MAX_FILE_MB", 20) * 1024 * 1024
MAX_FILES = env.number("DIPLOWATCH_MAX_FILES", 20_000)
MAX_UPLOAD_BYTES = env.number("DIPLOWATCH_MAX_UPLOAD_MB", 512) * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 5_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""  # loaded by workers and pages, not by every command
PROCRASTINATE_IMPORT_PATHS = ["articles.jobs", "annotations.jobs"]
