from django.urls import path

from sinergi.operations import views

app_name = "operations"
urlpatterns = [path("sehat/lengkap/", views.health_details, name="health_details")]
