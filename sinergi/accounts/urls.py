from django.contrib.auth.views import LogoutView
from django.urls import path

from sinergi.accounts import views

app_name = "accounts"
urlpatterns = [
    path("masuk/", views.SignInView.as_view(), name="login"),
    path("keluar/", LogoutView.as_view(), name="logout"),
    path("lupa-sandi/", views.ForgottenPasswordView.as_view(), name="forgotten_password"),
    path("undangan/<str:uidb64>/<str:token>/", views.WelcomeView.as_view(), name="welcome"),
    path("akun/sandi/", views.ChangePasswordView.as_view(), name="password_change"),
]
