// A figure by the number of its row.

function spot(row) {
  const [passage, start, length, first, last] = data().figures.spots.map((column) => column[row]);
  return { passage: data().figures.passages[passage], start, end: start + length, first, last };
}

const written = (row) => {
  const found = spot(row);
  return found.passage.slice(found.start, found.end);
};

let names = null;

function idOf(row) {
  names = names || data().figures.ids.split(" ");
  return names[row];
}

function rowOf(id) {
  idOf(0);
  return names.indexOf(id);
}

function pathOf(row) {
  const report = data().figures.reports[row];
  return report < 0 ? "" : data().figures.report[report][0];
}

// The sentence with its figure marked; with `around`, also what stands before and after it in its line.
function sentence(row, around) {
  const { passage, start, end, first, last } = spot(row);
  const from = Math.max(around ? first - around : first, 0);
  const to = Math.min(around ? last + around : last, passage.length);
  const made = element("span", { class: "sentence" });
  if (from < first) made.append(element("span", { class: "around", text: (from > 0 ? "…" : "") + passage.slice(from, first) }));
  made.append(passage.slice(first, start), element("mark", { text: passage.slice(start, end) }), passage.slice(end, last));
  if (to > last) made.append(element("span", { class: "around", text: passage.slice(last, to) + (to < passage.length ? "…" : "") }));
  return made;
}

// The rows that an element names: 3 7-12.
function rowsOf(said) {
  return said.split(" ").flatMap((part) => {
    const [first, last = first] = part.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, step) => first + step);
  });
}

// A number that leads to the sentences it is from.
function number(said, rows, heading) {
  if (!rows.length) return document.createTextNode(said);
  return element("button", { type: "button", class: "n", "data-rows": rows.join(" "), "data-heading": heading, text: said });
}
