"""Every address of the portal: paths in Bahasa Indonesia, names in English."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("sinergi.home.urls")),
    path("", include("sinergi.search.urls")),
    path("", include("sinergi.operations.urls")),
    path("", include("sinergi.accounts.urls")),
    path("", include("villages.urls")),
    path("", include("programs.urls")),
    path("", include("advocacy.urls")),
    path("admin/", admin.site.urls),
]
if settings.DEBUG_TOOLBAR:
    urlpatterns.append(path("__debug__/", include("debug_toolbar.urls")))

handler400 = "sinergi.home.views.bad_request"
handler403 = "sinergi.home.views.permission_denied"
handler404 = "sinergi.home.views.page_not_found"
handler500 = "sinergi.home.views.server_error"
