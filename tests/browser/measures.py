"""What a phone's page is measured by, in the browser itself."""

#: Links, buttons and fields of less than 44 px, save words of a sentence (WCAG 2.5.5 lets those
#: be).
SMALL_TARGETS = r"""() => {
  const small = [];
  const targets = "a[href], button, summary, select, textarea, input:not([type=hidden])";
  for (const one of document.querySelectorAll(targets)) {
    if (!one.checkVisibility({ visibilityProperty: true })) continue;
    if (one.closest(".visually-hidden, .s-skiplink")) continue;
    let target = one;
    if (one.matches("[type=checkbox], [type=radio]")) {
      const label = document.querySelector(`label[for="${CSS.escape(one.id)}"]`);
      target = one.closest("label") ?? label ?? one;
    }
    if (getComputedStyle(one).display === "inline") {
      let block = one.parentElement;
      while (getComputedStyle(block).display === "inline") block = block.parentElement;
      const rest = block.cloneNode(true);
      rest.querySelectorAll("a, button, .visually-hidden, svg").forEach((part) => part.remove());
      if ((rest.textContent.match(/[\p{L}\d]+/gu) ?? []).length > 2) continue;
    }
    const { width, height } = target.getBoundingClientRect();
    if (width && (width < 43.5 || height < 43.5)) {
      small.push(`${Math.round(width)}x${Math.round(height)}: ${one.outerHTML.slice(0, 120)}`);
    }
  }
  return small;
}"""

#: How much of the screen the bars take that stay while the page is scrolled.
BARS = """() => [...document.querySelectorAll(".s-topbar, .s-toc, .s-actions, .s-bottombar")]
  .filter((bar) => bar.checkVisibility())
  .filter((bar) => ["sticky", "fixed"].includes(getComputedStyle(bar).position))
  .reduce((sum, bar) => sum + bar.getBoundingClientRect().height, 0)"""

#: The current tabs that stand beyond the edge of the screen.
HIDDEN_TABS = """() => [...document.querySelectorAll(".s-tabs [aria-current]")]
  .map((tab) => tab.getBoundingClientRect())
  .filter(({ left, right }) => left < 0 || right > innerWidth).length"""

#: What runs out of the page, the innermost first.
TOO_WIDE = """() => [...document.querySelectorAll("body *")].reverse()
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .filter((one) => !one.closest(".s-scroll, .s-tabs, .s-toc"))
  .slice(0, 3).map((one) => one.outerHTML.slice(0, 120))"""
