// The table of changes: totals as they are in the page, or the rows of places.

const MARKS = { up: "▲", down: "▼", unchanged: "●", uncertain: "◇", missing: "–", not_comparable: "–" };
const EVERYWHERE = "*";

function changeRow([total, label, place, then, now, change, percent, verdict, reported, reason, thenRows, nowRows]) {
  const both = [...new Set([...nowRows, ...thenRows])];
  const said = text(change);
  const cell = (properties, ...children) => element("td", properties, ...children);
  return element(
    "tr",
    {},
    element("th", { scope: "row", text: text(label) }),
    cell({ class: "of-place", text: total ? word("total") : text(place) }),
    cell({ class: "number" }, number(text(then), thenRows)),
    cell({ class: "number" }, number(text(now), nowRows)),
    cell({ class: "number" }, number(said, said === "–" ? [] : both)),
    cell({ class: "number", text: text(percent) }),
    cell({ class: `verdict ${verdict}` }, element("span", { "aria-hidden": "true", text: MARKS[verdict] }), ` ${data().verdicts[verdict][spoken()]}`),
    cell({ class: "short", text: text(reported) }),
    cell({ class: "reason", text: text(reason) }),
  );
}

function drawChanges() {
  const chosen = byId("changes-place").value;
  const rows = data().changes.filter((row) => (chosen === "" ? row[0] : chosen === EVERYWHERE ? true : !row[0] && String(row[2]) === chosen));
  byId("changes-table").classList.toggle("with-places", chosen !== "");
  byId("changes-table").tBodies[0].replaceChildren(...rows.map(changeRow));
}

function startChanges() {
  const select = byId("changes-place");
  if (!select) return;
  const options = () => {
    const places = new Set(data().changes.filter((row) => !row[0]).map((row) => row[2]));
    choices(select, [["", word("totals_only")], [EVERYWHERE, word("all")], ...[...places].map((place) => [String(place), text(place)])]);
  };
  options();
  select.addEventListener("change", drawChanges);
  // Without places the table is as it came with the page, in three languages.
  whenSpoken(() => {
    options();
    if (select.value !== "" || byId("changes-table").classList.contains("with-places")) drawChanges();
  });
}

// Fill a list of choices and keep what was chosen.
function choices(select, pairs) {
  const chosen = select.value;
  select.replaceChildren(...pairs.map(([value, said]) => element("option", { value, text: said })));
  if (pairs.some(([value]) => value === chosen)) select.value = chosen;
}
