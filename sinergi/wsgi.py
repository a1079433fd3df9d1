"""The application that gunicorn serves."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

#: gunicorn's own exit code for an application that cannot be loaded: it stops instead of trying on.
APP_LOAD_ERROR = 4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinergi.settings")
# Pages have a limit for a statement; commands, which read the same variables, have none.
os.environ["SERVES_PAGES"] = "1"
try:
    application = get_wsgi_application()
except ImproperlyConfigured as error:
    print(f"Sinergi tidak dapat dijalankan. {error}", file=sys.stderr)  # noqa: T201
    sys.exit(APP_LOAD_ERROR)
