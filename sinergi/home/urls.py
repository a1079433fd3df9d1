from django.urls import path

from sinergi.home import calendar, calendar_feeds, digest_pages, offline, views

app_name = "home"
urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("tugas/", views.TaskList.as_view(), name="task_list"),
    path("bantuan/", views.Help.as_view(), name="help"),
    path("antrean/", offline.Queue.as_view(), name="queue"),
    path("antrean/akun/", offline.queue_account, name="queue_account"),
    path("kalender/", calendar.Calendar.as_view(), name="calendar"),
    path("kalender/langganan/", calendar_feeds.CalendarFeeds.as_view(), name="calendar_feeds"),
    path(
        "kalender/langganan/<int:pk>/cabut/",
        calendar_feeds.CalendarFeedRevoke.as_view(),
        name="calendar_feed_revoke",
    ),
    path(
        "kalender/<str:token>.ics",
        calendar_feeds.CalendarFeedFile.as_view(),
        name="calendar_feed",
    ),
    path("akun/ringkasan/", digest_pages.DigestPage.as_view(), name="digest_preference"),
    path("ringkasan/berhenti/<str:token>/", digest_pages.DigestStop.as_view(), name="digest_stop"),
    path("sw.js", offline.service_worker, name="service_worker"),
    path("masuk/percontohan/", views.SampleSignIn.as_view(), name="sample_sign_in"),
    path("sehat/", views.health, name="health"),
]
