from django.urls import path

from sinergi.search import views

app_name = "search"
urlpatterns = [path("cari/", views.SearchPage.as_view(), name="search")]
