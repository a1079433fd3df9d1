from django.contrib.auth.views import LogoutView
from django.urls import path

from sinergi.accounts import second_factor_pages, session_pages, views

app_name = "accounts"
urlpatterns = [
    path("masuk/", views.SignInView.as_view(), name="login"),
    path("masuk/kode/", second_factor_pages.SignInCode.as_view(), name="login_code"),
    path("keluar/", LogoutView.as_view(), name="logout"),
    path("lupa-sandi/", views.ForgottenPasswordView.as_view(), name="forgotten_password"),
    path("undangan/<str:uidb64>/<str:token>/", views.WelcomeView.as_view(), name="welcome"),
    path("akun/sandi/", views.ChangePasswordView.as_view(), name="password_change"),
    path("akun/perangkat/", session_pages.Sessions.as_view(), name="sessions"),
    path(
        "akun/dua-langkah/",
        second_factor_pages.SecondFactor.as_view(),
        name="second_factor",
    ),
    path(
        "akun/dua-langkah/pasang/",
        second_factor_pages.SecondFactorSetup.as_view(),
        name="second_factor_setup",
    ),
    path(
        "akun/dua-langkah/kode/",
        second_factor_pages.SecondFactorCodes.as_view(),
        name="second_factor_codes",
    ),
    path(
        "akun/dua-langkah/lepas/",
        second_factor_pages.SecondFactorRemove.as_view(),
        name="second_factor_disable",
    ),
]
