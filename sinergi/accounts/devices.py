"""What a browser and its system are called, in words for a person."""

UNKNOWN_DEVICE = "Perangkat yang tidak dikenal"
#: What stands in the name that a browser gives itself, the more particular first: every browser
#: calls itself Mozilla, and most of them Chrome and Safari as well.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("OPT/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("UCBrowser", "UC Browser"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chromium", "Chromium"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def device_words(agent):
    """Return "Chrome di Android" for a User-Agent, or as much of it as is known."""
    browser, system = (
        next((words for mark, words in names if mark in agent), "") for names in (BROWSERS, SYSTEMS)
    )
    if browser and system:
        return f"{browser} di {system}"
    return browser or (f"Peramban di {system}" if system else UNKNOWN_DEVICE)
