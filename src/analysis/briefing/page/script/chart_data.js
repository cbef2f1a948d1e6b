// The points of the chart: as rows for Vega, and as a table for everybody.

const plainNumber = (value) => value.toLocaleString("en", { maximumFractionDigits: 4 }).replace("-", "−");

function saidValue(value, low, high, unit) {
  const gap = root.lang === "en" && unit && unit !== "%" ? " " : "";
  let said;
  if (value !== null && low === value && high === value) said = plainNumber(value);
  else if (low === null && high === null) said = value === null ? "–" : plainNumber(value);
  else if (high === null) said = word("vague", { low: plainNumber(low) });
  else if (low === null) said = word("at_most", { high: plainNumber(high) });
  else said = low === high ? plainNumber(low) : `${plainNumber(low)}–${plainNumber(high)}`;
  return said + gap + unit;
}

// The points of a series as rows; a hole in time begins a new run, so that no line crosses it.
function chartRows(series) {
  const unit = text(series.unit);
  const { periods } = data().chart;
  let run = 0;
  return series.points.map(([place, slot, value, low, high, rows], at) => {
    const before = series.points[at - 1];
    if (!before || before[0] !== place || before[1] !== slot - 1) run += 1;
    const known = [low, high].filter((side) => side !== null);
    const height = value !== null ? value : known.reduce((sum, side) => sum + side, 0) / known.length;
    const figure = saidValue(value, low, high, unit);
    return {
      place: text(place), period: periods[slot], slot, run, height, figure, rows,
      low: low === null ? height : low, high: high === null ? height : high, vague: low !== high || low === null,
      said: `${text(place)} ${periods[slot]}: ${figure}`,
    };
  });
}

function listPoints(series, rows) {
  const table = byId("chart-points").querySelector("table");
  const { periods } = data().chart;
  const used = periods.slice(Math.min(...rows.map((row) => row.slot)));
  const places = new Map();
  for (const row of rows) {
    if (!places.has(row.place)) places.set(row.place, new Map());
    places.get(row.place).set(row.period, row);
  }
  table.tHead.rows[0].replaceChildren(
    element("th", { scope: "col", text: word("place") }),
    ...used.map((period) => element("th", { scope: "col", class: "number", text: period })),
  );
  table.tBodies[0].replaceChildren(
    ...[...places].map(([place, points]) =>
      element(
        "tr",
        {},
        element("th", { scope: "row", text: place }),
        ...used.map((period) => {
          const row = points.get(period);
          return element("td", { class: "number" }, row ? number(row.figure, row.rows, `${text(series.label)} ${place} ${period}`) : "–");
        }),
      ),
    ),
  );
}
