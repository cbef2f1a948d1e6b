// Begin once the page has been painted.

async function start() {
  await readData();
  sayLabels();
  startSources();
  startChanges();
  startFigures();
  startChart();
  startPictures();
  startRoute();
  root.dataset.ready = "yes";
  performance.mark("ready");
}

speakEarly();
// Without its data the page is as it is without script.
oncePainted(() =>
  start().catch((error) => {
    root.classList.remove("scripted");
    throw error;
  }),
);
