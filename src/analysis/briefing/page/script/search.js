// Search: every term has to stand in a figure's sentence, in its labels or in the path of its report.

let index = null;

// The folded passages as one text, where each begins, and each folded label.
function prepared() {
  if (index) return index;
  const { passages, report } = data().figures;
  const starts = new Int32Array(passages.length + 1);
  passages.forEach((passage, number) => {
    starts[number + 1] = starts[number] + passage.length + 1;
  });
  const labels = data().texts.map((said) => fold(typeof said === "string" ? said : said.join("\n")));
  index = { all: fold(passages.join("\n")), starts, labels, paths: report.map(([path]) => fold(path)) };
  return index;
}

// Mark for each row whether a term stands in its sentence, its labels or the path of its report.
function matches(term) {
  const { all, starts, labels, paths } = prepared();
  const figures = data().figures;
  const hits = new Map();
  let passage = 0;
  for (let at = all.indexOf(term); at >= 0; at = all.indexOf(term, at + 1)) {
    while (starts[passage + 1] <= at) passage += 1;
    if (!hits.has(passage)) hits.set(passage, []);
    hits.get(passage).push(at - starts[passage]);
  }
  const inLabel = labels.map((label) => label.includes(term));
  const inPath = paths.map((path) => path.includes(term));
  const [passageOf, , , firstOf, lastOf] = figures.spots;
  const { indicators, places, periods, reports } = figures;
  const found = new Uint8Array(indicators.length);
  for (let row = 0; row < found.length; row += 1) {
    if (inLabel[indicators[row]] || inLabel[places[row]] || inLabel[periods[row]] || inPath[reports[row]]) found[row] = 1;
    else {
      const here = hits.get(passageOf[row]);
      if (here) {
        if (here.some((at) => at >= firstOf[row] && at < lastOf[row])) found[row] = 1;
      }
    }
  }
  return found;
}
