from django.urls import path

from villages.views import libraries, regions

app_name = "villages"
urlpatterns = [
    path("wilayah/", regions.RegencyList.as_view(), name="regency_list"),
    path("wilayah/<str:pk>/", regions.RegionDetail.as_view(), name="region_detail"),
    path("wilayah/<str:place>/perpustakaan/baru/", libraries.LibraryCreate.as_view(), name="library_create"),
    path("desa/", regions.VillageList.as_view(), name="village_list"),
    path("perpustakaan/", libraries.LibraryList.as_view(), name="library_list"),
    path("perpustakaan/<int:pk>/", libraries.LibraryDetail.as_view(), name="library_detail"),
    path("perpustakaan/<int:pk>/ubah/", libraries.LibraryUpdate.as_view(), name="library_update"),
    path("perpustakaan/<int:pk>/riwayat/", libraries.LibraryHistory.as_view(), name="library_history"),
]
