// The rows that are found, as a file for a spreadsheet.

// A spreadsheet takes a text that begins like a formula for one.
const asText = (value) => (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value);

function asCsv() {
  const figures = data().figures;
  const names = ["indicator", "place", "period", "figure", "read", "role", "sentence", "report"];
  const lines = state.rows.map((row) => {
    const { passage, first, last } = spot(row);
    return [
      text(figures.indicators[row]), text(figures.places[row]), text(figures.periods[row]), written(row),
      text(figures.read[row]), text(figures.roles[row]), passage.slice(first, last), pathOf(row),
    ];
  });
  const quoted = (cells) => cells.map((cell) => `"${asText(cell).replaceAll('"', '""')}"`).join(",");
  return `\ufeff${[names.map((name) => word(name)), ...lines].map(quoted).join("\r\n")}\r\n`;
}

function save() {
  const address = URL.createObjectURL(new Blob([asCsv()], { type: "text/csv" }));
  element("a", { href: address, download: `figures-${data().period}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
