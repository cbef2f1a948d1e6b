// The interactive chart, drawn by Vega with its expression interpreter: nothing is evaluated as code.

const COLOURS = 8;
let vega = null;
let drawing = 0;

// Unpack Vega and let it run: the page's policy allows this one script by its hash.
async function loadVega() {
  const script = document.createElement("script");
  script.textContent = await unpacked("vega").text();
  document.body.append(script);
  if (!window.vegaEmbed) throw new Error("Vega did not start");
  return window.vegaEmbed;
}

const chosenSeries = () => data().chart.series[Number(byId("chart-series").value)];

function looks() {
  const style = getComputedStyle(root);
  const colour = (name) => style.getPropertyValue(name).trim();
  const font = getComputedStyle(document.body).fontFamily;
  const axis = { labelColor: colour("--soft"), domainColor: colour("--line"), tickColor: colour("--line"), gridColor: colour("--line"), labelFont: font, labelFontSize: 12 };
  return {
    background: "transparent",
    font,
    view: { stroke: null },
    axis,
    legend: { labelColor: colour("--ink"), labelFont: font, labelFontSize: 13, symbolOpacity: 1 },
    range: { category: Array.from({ length: COLOURS }, (_, number) => colour(`--c${number}`)) },
  };
}

function specification(series, rows) {
  const spec = JSON.parse(byId("chart-spec").textContent);
  const places = [...new Set(rows.map((row) => row.place))];
  const { periods } = data().chart;
  const first = Math.min(...rows.map((row) => row.slot));
  spec.data = { name: "points", values: rows };
  spec.params[0].value = byId("chart-place").value === "" ? "" : text(Number(byId("chart-place").value));
  spec.encoding.x.scale.domain = periods.slice(first);
  spec.encoding.color.scale = { domain: places };
  if (places.length > COLOURS) {
    const grey = getComputedStyle(root).getPropertyValue("--soft").trim();
    spec.encoding.color.scale.range = places.map((place) => (place === spec.params[0].value ? looks().range.category[0] : grey));
    spec.encoding.color.legend = null;
  } else if (places.length === 1) spec.encoding.color.legend = null;
  spec.encoding.color.legend && (spec.encoding.color.legend.columns = Math.max(1, Math.floor(byId("chart").clientWidth / 150)));
  spec.layer[0].encoding.y.scale = { zero: series.zero, nice: true };
  spec.config = looks();
  return spec;
}

// Say in a small box what a point is.
function showTip(handler, event, item, value) {
  const tip = byId("tip");
  tip.hidden = !value;
  if (!value) return;
  tip.textContent = value;
  const { width, height } = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(8, Math.min(event.clientX + 14, root.clientWidth - width - 8))}px`;
  tip.style.top = `${Math.max(8, event.clientY - height - 12)}px`;
}

function openPoint(item) {
  const datum = item && item.datum;
  if (datum && datum.rows) showSources(datum.rows, () => `${text(chosenSeries().label)} ${datum.place} ${datum.period}`);
}

// Let every point be reached by key; Vega keeps what it draws beside the element.
function reachable(holder) {
  for (const mark of holder.querySelectorAll(".mark-symbol.role-mark path[aria-label]")) {
    mark.setAttribute("tabindex", "0");
    mark.setAttribute("role", "button");
    mark.removeAttribute("aria-roledescription");
  }
}

async function drawChart() {
  const series = chosenSeries();
  const rows = chartRows(series);
  const unit = text(series.unit);
  byId("chart-unit").textContent = unit ? word("unit", { unit }) : "";
  listPoints(series, rows);
  if (!vega) return;
  const holder = byId("chart");
  const turn = (drawing += 1);
  try {
    const embed = await vega;
    if (turn !== drawing) return;
    const result = await embed(holder, specification(series, rows), {
      mode: "vega-lite", ast: true, actions: false, renderer: "svg", defaultStyle: false,
      tooltip: showTip, logLevel: 1,
    });
    result.view.addEventListener("click", (event, item) => openPoint(item));
    holder.querySelector("svg").setAttribute("aria-label", word("chart_label", { label: text(series.label) }));
    reachable(holder);
  } catch (error) {
    holder.replaceChildren(element("p", { class: "note", text: word("chart_failed") }));
    byId("chart-points").open = true;
    console.warn(error);
  }
}

function listSeries() {
  const { series } = data().chart;
  choices(byId("chart-series"), series.map((entry, at) => [String(at), text(entry.label)]));
  listPlaces();
}

function listPlaces() {
  const places = [...new Set(chosenSeries().points.map(([place]) => place))];
  choices(byId("chart-place"), [["", word("all_places")], ...places.map((place) => [String(place), text(place)])]);
}

function startChart() {
  const holder = byId("chart");
  if (!holder) return;
  listSeries();
  const first = data().chart.series.findIndex((entry) => entry.indicator === data().first);
  if (first > 0) byId("chart-series").value = String(first);
  listPlaces();
  byId("chart-series").addEventListener("change", () => {
    listPlaces();
    drawChart();
  });
  byId("chart-place").addEventListener("change", drawChart);
  holder.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    openPoint(event.target.__data__);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawChart);
  whenSpoken(() => {
    listSeries();
    drawChart();
  });
  drawChart();
  // Vega is large: it starts when the chart comes near.
  const near = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      near.disconnect();
      vega = loadVega();
      drawChart();
    },
    { rootMargin: "300px" },
  );
  near.observe(holder);
}
