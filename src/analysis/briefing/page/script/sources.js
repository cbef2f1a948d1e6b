// The sentences behind a number, in a dialog that any number of the page opens.

const MOST = 60;
const AROUND = 90;
let shown = null;

function card(row) {
  const figures = data().figures;
  const [path, received, title] = figures.report[figures.reports[row]] || ["", "", ""];
  const facts = [text(figures.indicators[row]), text(figures.roles[row]), text(figures.read[row])];
  if (figures.again.includes(row)) facts.push(word("repeats"));
  const where = [title, path, received && `${word("received")} ${received}`].filter(Boolean).join(" · ");
  return element(
    "article",
    { class: "source" },
    element("h3", { text: `${text(figures.places[row])} ${text(figures.periods[row])}` }),
    element("p", {}, sentence(row, AROUND)),
    element("p", { class: "small", text: facts.join(" · ") }),
    element("p", { class: "path" }, `${where} `, element("a", { href: `#${root.dataset.locale}/figure/${idOf(row)}`, text: word("link") })),
  );
}

// Say what a number is of: its row or card names it.
function named(pressed) {
  const label = pressed.closest("tr, .card")?.querySelector("th, h3");
  return pressed.dataset.heading || (label && `${label.innerText}: ${pressed.innerText}`);
}

function fill() {
  if (!shown) return;
  const body = byId("sources").querySelector(".body");
  byId("sources-title").textContent = shown.heading() || word("sources");
  body.replaceChildren(...shown.rows.slice(0, MOST).map(card));
  if (!shown.rows.length) body.append(element("p", { class: "note", text: word("no_sources") }));
  const rest = shown.rows.length - MOST;
  if (rest > 0) body.append(element("p", { class: "note", text: word("more", { count: rest }) }));
}

// `heading` says in the language of the moment what the number is of.
function showSources(rows, heading = () => "") {
  shown = { rows, heading };
  fill();
  const dialog = byId("sources");
  if (!dialog.open) dialog.showModal();
  dialog.querySelector(".body").scrollTop = 0;
  byId("sources-title").focus();
}

function closeSources() {
  byId("sources").close();
}

function startSources() {
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-rows]");
    if (pressed) showSources(rowsOf(pressed.dataset.rows), () => named(pressed));
  });
  const dialog = byId("sources");
  byId("sources-close").addEventListener("click", closeSources);
  // A press beside the dialog closes it.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) closeSources();
  });
  dialog.addEventListener("close", () => {
    shown = null;
    left();
  });
  whenSpoken(fill);
}
