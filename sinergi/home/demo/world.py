"""State that the storylines of the demonstration share."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from advocacy.models import Checklist
from programs.models import PlannedActivity, Team
from sinergi.accounts.models import User
from sinergi.kit import uploads

PROVINCE = "19"
FOUNDED = date(2018, 11, 28)

#: Villages of 2019 by regency. Siliu (Kabupaten Belitung) is left out: the official list does not
#: have it, and a person must say which village is meant (`founding.unfinished_import`).
VILLAGES = {
    "19.01": ["Kapuk", "Merawang", "Rebo", "Pemali", "Kimak", "Kayu Besi"],
    "19.02": ["Sungai Samak", "Badau", "Air Batu Buding", "Air Saga", "Sijuk"],
    "19.06": ["Dendang", "Cendil", "Mayang", "Burong Mandi", "Aik Madu"],
}


@dataclass
class World:
    """
    What the storylines have created so far, filled while they run. `today` is the day of loading,
    up to which they run.
    """

    today: date
    team: Team | None = None
    users: dict[str, User] = field(default_factory=dict)
    people: dict = field(default_factory=dict)  # by name
    institutions: dict = field(default_factory=dict)  # by a key of ours, as the following three
    meetings: dict = field(default_factory=dict)
    cases: dict = field(default_factory=dict)
    commitments: dict = field(default_factory=dict)
    samples: dict = field(default_factory=dict)
    checklist: Checklist | None = None
    questions: dict[str, str] = field(default_factory=dict)  # key of the question by its name

    @property
    def secretariat(self):
        return self.users["sekretariat"]

    @property
    def chair(self):
        return self.users["ketua"]

    @property
    def team_fields(self):
        """Return the keyword arguments of a record that belongs to the team."""
        return {"team": self.team, "province": self.team.province}

    def days_ago(self, days):
        """Return the day so many days before the day of loading; below zero, after it."""
        return self.today - timedelta(days=days)

    def activity(self, title, day):
        """
        Return the planned activity of this title in the plan of that day, or None if there is none
        by now.
        """
        plans = {"plan__team": self.team, "plan__starts_on__lte": day, "plan__ends_on__gte": day}
        return (
            PlannedActivity.objects.filter(title=title, **plans)
            .select_related("plan__team__province")
            .first()
        )

    def picture(self, text, *, draw=None):
        """
        Return a picture with this text that says it is a sample, as an accepted upload (SafeFile);
        `draw` draws (on an ImageDraw) what is behind the text.
        """
        if text not in self.samples:
            self.samples[text] = _picture(text, draw)
        return self.samples[text]


def draw_shelves(picture):
    """Draw shelves with books, which stand for a photograph of a library."""
    colours = ("#0b5d5a", "#f4b233", "#36469b", "#9c4a12", "#e7e1d3")
    for top in (30, 200):
        for n in range(18):
            height = 90 + n * 37 % 40
            box = (40 + n * 31, top + 130 - height, 66 + n * 31, top + 130)
            picture.rectangle(box, fill=colours[n * 3 % len(colours)], outline="#4a4a4a")
        picture.rectangle((30, top + 130, 610, top + 142), fill="#8a6a45")


def _picture(text, draw):
    image, buffer = Image.new("RGB", (640, 400), "white"), BytesIO()
    picture = ImageDraw.Draw(image)
    if draw:
        draw(picture)
    picture.text((40, 360 if draw else 160), text, fill="black", font_size=24)
    image.save(buffer, "PNG")
    return uploads.accept(
        SimpleUploadedFile(f"{text.lower().replace(' ', '-')}.png", buffer.getvalue())
    )
