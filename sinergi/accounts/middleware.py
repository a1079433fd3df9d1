"""The clock of the page: the zone of the province in which the person works."""

from django.utils import timezone

from sinergi.kit.permissions import assignments_of


class ProvinceTimeMiddleware:
    """Stamps ("diubah 28 November 2018, 09.00") are shown in the reader's province's zone; nationally in WIB."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        province = (
            next((a.province for a in assignments_of(request.user) if a.province), None)
            if request.user.is_authenticated
            else None
        )
        with timezone.override(province.time_zone if province else None):
            return self.get_response(request)
