// Begin once the page has been painted.

root.classList.add("scripted");
requestAnimationFrame(() =>
  setTimeout(() => {
    startSources();
    startChanges();
    startFigures();
    startChart();
    startRoute();
    root.dataset.ready = "yes";
    performance.mark("ready");
  }),
);
