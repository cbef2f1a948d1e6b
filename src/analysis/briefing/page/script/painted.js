// What is read first is not kept waiting by what is searched later: the first paint is the cards, in the fonts at
// hand. Then comes the rest, in the fonts of the style sheet.

const root = document.documentElement;

// The fonts are named once the page's own has come, so that nothing is drawn in its absence and kept.
async function comeFonts() {
  await document.fonts.load("1em Page", "月").catch(() => []);
  root.classList.add("faced");
}

function oncePainted(act) {
  let begun = false;
  const begin = () => {
    if (begun) return;
    begun = true;
    root.classList.add("painted");
    comeFonts().then(act);
  };
  new PerformanceObserver(begin).observe({ type: "paint", buffered: true });
  // A page that nobody looks at yet is not painted.
  setTimeout(begin, 1000);
}
