"""Accounts, for administrators: inviting, assigning, and taking back."""

from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.functional import cached_property
from django.utils.http import urlsafe_base64_encode
from django.views.generic import TemplateView

from programs.actions import (
    disable_account,
    enable_account,
    invite,
    note_link,
    reset_second_factor,
)
from programs.forms.accounts import InvitationForm
from programs.models import Assignment
from sinergi.accounts.models import User
from sinergi.accounts.second_factor import asks_for_code
from sinergi.kit import phones
from sinergi.kit.columns import CONTACTS, ROW, Cell, Column, page_column
from sinergi.kit.forms import ConfirmForm, ReasonForm
from sinergi.kit.pagination import KeysetPage
from sinergi.kit.transitions import TransitionError
from sinergi.kit.views import (
    DownloadMixin,
    PageMixin,
    RecordCreate,
    RecordHistory,
    TransitionView,
    search_terms,
)

#: What is sent along with a link.
LINK_TEXT = (
    "Yth. {account}, ini tautan untuk masuk ke Sinergi, portal kerja tim perpustakaan. Pasang kata"
    " sandi Anda di sana; tautan berlaku sekali, selama tujuh hari. Nama pengguna Anda: {username}."
    " {link}"
)


class AccountPage(PageMixin):
    model = User
    section = "accounts"
    parent = ("Akun", "programs:account_list")

    def get_page_record(self):
        return self.account if "pk" in self.kwargs else None

    @cached_property
    def account(self):
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])


class AccountList(DownloadMixin, AccountPage, TemplateView):
    """The accounts one may administer, each with its roles."""

    title = "Akun"
    parent = None
    template_name = "programs/account_list.html"
    order = ("username", "id")
    reads_whole_rows = True
    columns = (
        Column("Nama pengguna", "username"),
        Column("Nama", ROW, read=str),
        Column("Surel", "email", permission=CONTACTS, places=()),
        Column("Penugasan", "held", read=lambda held: "; ".join(map(str, held))),
        Column("Terakhir masuk", "last_login", Cell.MOMENT),
        Column("Status", "status", read=lambda status: status.label),
        page_column("programs:account_detail", label="Halaman"),
    )

    def get_listed(self):
        return self.get_queryset()

    def prepare_rows(self, rows):
        """Read their assignments along."""
        held = {}
        active = Assignment.objects.filter(user__in=[row.pk for row in rows], ended_at__isnull=True)
        for one in active.select_related("province", "regency"):
            held.setdefault(one.user_id, []).append(one)
        for row in rows:
            row.held = held.get(row.pk, [])

    def get_context_data(self, **kwargs):
        page = KeysetPage(self.get_listed(), self.request.GET, order=self.order)
        self.prepare_rows(page.rows)
        return super().get_context_data(
            page=page, may_add=self.request.user.has_perm("accounts.add_user"), **kwargs
        )


class AccountDetail(AccountPage, TemplateView):
    template_name = "programs/account_detail.html"

    def get_title(self):
        return str(self.account)

    def get_context_data(self, **kwargs):
        user, account = self.request.user, self.account
        rows = Assignment.objects.visible_to(user).filter(user=account).order_by("-pk")
        return super().get_context_data(
            account=account,
            rows=rows.select_related("province", "regency", "created_by", "ended_by"),
            events=self.events(),
            person=getattr(account, "person", None),
            may_change=user.has_perm("accounts.change_user") and account.pk != user.pk,
            has_second_factor=asks_for_code(account),
            may_assign=account.is_active and account.pk != user.pk,
            **kwargs,
        )

    def events(self):
        """
        Return what was done to the account; why, only where it was done by somebody of one's own
        places.
        """
        rows = list(self.account.events.select_related("created_by"))
        near = set(
            self.get_queryset()
            .filter(pk__in=[row.created_by_id for row in rows])
            .values_list("pk", flat=True)
        )
        for row in rows:
            row.shown_reason = row.reason if row.created_by_id in near else ""
        return rows


class AccountHistoryView(AccountPage, RecordHistory):
    """Former names and addresses of an account; a password is never kept."""

    def title_of(self, row, name):
        return "Akun"


class AccountInvite(AccountPage, RecordCreate):
    model = Assignment
    action = "add"
    form_class = InvitationForm
    title = crumb = "Undang orang"
    searches_choices = True

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"actor": self.request.user}

    def get_initial(self):
        """Add what the address names; the form refuses what is out of one's places."""
        asked = {
            "province": search_terms(self.request, "provinsi"),
            "role": search_terms(self.request, "peran"),
        }
        return super().get_initial() | {name: value for name, value in asked.items() if value}

    def save(self, form):
        data = form.cleaned_data
        account = User(username=data["username"], first_name=data["name"], email=data["email"])
        return invite(
            account=account,
            assignment=form.instance,
            person=data["person"],
            by=self.request.user,
            idempotency_key=form.sent["idempotency_key"],
        )

    def get_success_url(self):
        return reverse("programs:account_link", args=[self.object.user_id])


class AccountLink(AccountPage, TemplateView):
    """
    The link that lets its owner choose a password, shown when asked for (POST): it works once, for
    PASSWORD_RESET_TIMEOUT.

    Signed, not stored: choosing a password, or signing in, makes every earlier link of that account
    worthless.
    """

    action = "change"
    crumb = "Tautan"
    has_actions = True
    template_name = "programs/account_link.html"

    def get_title(self):
        return f"Tautan untuk {self.account}"

    def post(self, request, *args, **kwargs):
        account = self.account
        try:
            note_link(account=account, by=request.user)
        except TransitionError as refused:
            messages.warning(request, str(refused))
            return HttpResponseRedirect(account.get_absolute_url())
        key = urlsafe_base64_encode(force_bytes(account.pk))
        path = reverse("accounts:welcome", args=[key, default_token_generator.make_token(account)])
        link = request.build_absolute_uri(path)
        words = LINK_TEXT.format(account=account, username=account.username, link=link)
        person = getattr(account, "person", None)
        chat = phones.whatsapp(person.phone if person else "") or "https://wa.me/"
        return self.render_to_response(
            self.get_context_data(link=link, words=words, chat=f"{chat}?text={quote(words)}")
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(account=self.account, **kwargs)


class AccountTransition(AccountPage, TransitionView):
    action = "change"

    @property
    def record(self):
        return self.account

    def get_initial(self):
        return {"version": 1}

    def perform(self, version, **sent):
        self.write(account=self.account, by=self.request.user, **sent)


class AccountDisable(AccountTransition):
    form_class = ReasonForm
    write = staticmethod(disable_account)
    question = "Nonaktifkan akun {record}?"
    explanation = (
        "Akun ini langsung keluar dari portal dan semua penugasannya berakhir. Semua catatannya"
        " tetap tersimpan."
    )
    crumb = button = "Nonaktifkan akun"
    done = "Akun dinonaktifkan."
    danger = True


class AccountEnable(AccountTransition):
    form_class = ConfirmForm
    write = staticmethod(enable_account)
    question = "Aktifkan lagi akun {record}?"
    explanation = (
        "Setelah aktif, akun ini belum bertugas sampai diberi penugasan, dan pemiliknya perlu"
        " tautan kata sandi baru."
    )
    crumb = button = "Aktifkan akun"
    done = "Akun aktif lagi. Beri penugasannya, dan buatkan tautan kata sandi."


class AccountSecondFactor(AccountTransition):
    form_class = ReasonForm
    write = staticmethod(reset_second_factor)
    question = "Lepaskan verifikasi dua langkah {record}?"
    explanation = (
        "Untuk orang yang kehilangan telepon dan kode pemulihannya. Pastikan dulu bahwa ia sendiri"
        " yang meminta: setelah ini akunnya terbuka dengan kata sandi saja. Ia diberi tahu saat"
        " masuk."
    )
    crumb = button = "Lepaskan"
    done = "Verifikasi dua langkah dilepaskan."
    danger = True
