from sinergi.kit.staticfiles import bundle
from tests.sinergi.test_stylesheet import read

#: Every rule as the browser has read it, with its layer and its conditions, Bootstrap's aside.
RULES = """
(built) => {
  const found = [];
  const walk = (rules, ...place) => {
    for (const rule of rules) {
      if (rule.layerName === "bootstrap") continue;
      if (rule instanceof CSSImportRule) walk(rule.styleSheet.cssRules, ...place, rule.layerName);
      else if (rule instanceof CSSLayerBlockRule) walk(rule.cssRules, ...place, rule.name);
      else if (rule instanceof CSSConditionRule) walk(rule.cssRules, ...place, rule.conditionText);
      else found.push([...place, rule.cssText].join(" | "));
    }
  };
  if (built) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(built);
    walk(sheet.cssRules);
  } else walk(document.styleSheets[0].cssRules);
  return found;
}
"""


def meaning(rules):
    """
    Return the rules as (selector, body) without whitespace in the body: of a value that holds a
    variable the browser keeps it as it was written.
    """
    halves = [rule.partition("{") for rule in rules]
    return [(selector, "".join(body.split())) for selector, _, body in halves]


def test_the_built_stylesheet_means_what_its_parts_do(visitor):
    page = visitor().page
    page.goto("/masuk/")
    apart = page.evaluate(RULES, None)
    built = bundle(read("sinergi"), lambda name: read(name.removesuffix(".css")))
    assert len(apart) > 500
    assert meaning(page.evaluate(RULES, built)) == meaning(apart)
    # The space before a colon is the one that is easily lost.
    assert meaning(page.evaluate(RULES, built.replace(" :is(", ":is("))) != meaning(apart)
