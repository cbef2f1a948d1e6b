// The table of all figures: search, filters, order, and a page of rows at a time.

const PAGE = 50;
const COLUMNS = { indicator: "indicators", place: "places", period: "periods", role: "roles" };
const state = { terms: [], chosen: {}, sort: null, down: false, first: 0, rows: null };

function filtered() {
  const figures = data().figures;
  const wanted = Object.entries(state.chosen).filter(([, value]) => value !== "").map(([name, value]) => [figures[COLUMNS[name]], Number(value)]);
  const terms = state.terms.map(matches);
  const rows = [];
  for (let row = 0; row < figures.indicators.length; row += 1) {
    if (wanted.every(([column, value]) => column[row] === value) && terms.every((term) => term[row])) rows.push(row);
  }
  return rows;
}

// Give what rows are ordered by: numbers for values, ranks for words.
function ranks(column) {
  const figures = data().figures;
  if (column === "read") return figures.value.map((value) => (value === null ? -Infinity : value));
  if (column === "figure") {
    return ranked(figures.indicators.map((_, row) => row), written);
  }
  return ranked(figures[COLUMNS[column]], text);
}

function ranked(values, said) {
  const collator = new Intl.Collator(root.lang, { numeric: true });
  const known = [...new Set(values)].map((value) => [value, said(value)]);
  known.sort((one, other) => collator.compare(one[1], other[1]));
  const rank = new Map(known.map(([value], place) => [value, place]));
  return values.map((value) => rank.get(value));
}

function ordered(rows) {
  if (!state.sort) return rows;
  const rank = ranks(state.sort);
  const sign = state.down ? -1 : 1;
  return rows.sort((one, other) => (rank[one] === rank[other] ? one - other : rank[one] < rank[other] ? -sign : sign));
}

function figureRow(row) {
  const figures = data().figures;
  const heading = `${text(figures.indicators[row])} ${text(figures.places[row])} ${text(figures.periods[row])}`;
  const cell = (name, properties, ...children) => element("td", { ...properties, "data-label": word(name) }, ...children);
  return element(
    "tr",
    {},
    cell("indicator", { text: text(figures.indicators[row]) }),
    cell("place", { class: "short", text: text(figures.places[row]) }),
    cell("period", { class: "short", text: text(figures.periods[row]) }),
    cell("figure", { class: "short" }, number(written(row), [row], heading)),
    cell("read", { class: "number", text: text(figures.read[row]) }),
    cell("role", { class: "short", text: text(figures.roles[row]) }),
    cell("sentence", { class: "said" }, sentence(row)),
  );
}

function drawFigures() {
  const count = state.rows.length;
  const last = Math.min(count, state.first + PAGE);
  byId("figures-table").tBodies[0].replaceChildren(...state.rows.slice(state.first, last).map(figureRow));
  byId("figures-count").textContent = count ? word("count", { count: count.toLocaleString("en") }) : word("none_found");
  byId("figures-page").textContent = count
    ? word("page_of", { first: state.first + 1, last, count: count.toLocaleString("en") })
    : "";
  byId("back").disabled = state.first === 0;
  byId("forth").disabled = last >= count;
  byId("save").disabled = !count;
  for (const button of byId("figures-table").querySelectorAll("[data-sort]")) {
    const order = button.dataset.sort === state.sort ? (state.down ? "descending" : "ascending") : "none";
    button.closest("th").setAttribute("aria-sort", order);
  }
  const asked = state.terms.length > 0 || Object.values(state.chosen).some((value) => value !== "");
  byId("figures").classList.toggle("asked", asked);
}

function findFigures() {
  performance.mark("filter-begins");
  state.terms = fold(byId("search").value).split(/\s+/).filter(Boolean);
  for (const name of Object.keys(COLUMNS)) state.chosen[name] = byId(`of-${name}`).value;
  state.first = 0;
  state.rows = ordered(filtered());
  drawFigures();
  performance.measure("filter", "filter-begins");
}

function turn(by) {
  state.first = Math.max(0, state.first + by * PAGE);
  drawFigures();
  byId("figures").querySelector(".wide").scrollTop = 0;
  byId("filters").scrollIntoView({ block: "start" });
}

function listChoices() {
  const figures = data().figures;
  const collator = new Intl.Collator(root.lang, { numeric: true });
  for (const [name, column] of Object.entries(COLUMNS)) {
    const pairs = [...new Set(figures[column])].map((value) => [String(value), text(value)]);
    if (name === "indicator") pairs.sort((one, other) => collator.compare(one[1], other[1]));
    choices(byId(`of-${name}`), [["", word("all")], ...pairs]);
  }
}

function startFigures() {
  listChoices();
  byId("search").addEventListener("input", findFigures);
  byId("filters").addEventListener("change", (event) => {
    // What is typed has been looked for already; to do it again would take a row away from under a press.
    if (event.target.id !== "search") findFigures();
  });
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("reset", () => setTimeout(findFigures));
  byId("figures-table").tHead.addEventListener("click", (event) => {
    const button = event.target.closest("[data-sort]");
    if (!button) return;
    state.down = state.sort === button.dataset.sort && !state.down;
    state.sort = button.dataset.sort;
    findFigures();
  });
  byId("back").addEventListener("click", () => turn(-1));
  byId("forth").addEventListener("click", () => turn(1));
  byId("save").addEventListener("click", save);
  whenSpoken(() => {
    listChoices();
    if (state.sort) state.rows = ordered(state.rows);
    drawFigures();
  });
  findFigures();
}
