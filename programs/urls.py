from django.urls import path

from programs import views

app_name = "programs"
urlpatterns = [
    path("tim/", views.MyTeam.as_view(), name="my_team"),
    path("tim/<int:pk>/", views.TeamDetail.as_view(), name="team_detail"),
]
