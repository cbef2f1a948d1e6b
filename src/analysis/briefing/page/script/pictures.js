// The pictures speak the language of the page: those of the other languages are packed, without the glyphs that all
// of them need, and are unpacked when one of these languages is chosen.

const saved = new Map();
let drawings = null;

const asAddress = (svg, face) => `data:image/svg+xml,${encodeURIComponent(svg.replace("<style>", () => `<style>${face}`))}`;

async function showPictures() {
  drawings = drawings || unpacked("pictures").json();
  const { drawn, face } = await drawings;
  for (const picture of document.querySelectorAll("[data-picture]")) {
    if (!saved.has(picture)) saved.set(picture, picture.src);
    const svg = drawn[picture.dataset.picture]?.[spoken()];
    // The room of a picture is that of the first one, so that nothing below it moves.
    picture.style.aspectRatio = `${picture.getAttribute("width")} / ${picture.getAttribute("height")}`;
    picture.dataset.speaks = root.dataset.locale;
    picture.src = svg ? asAddress(svg, face) : saved.get(picture);
  }
}

function startPictures() {
  const packed = byId("pictures");
  if (!packed) return;
  if (root.dataset.locale !== packed.dataset.locale) showPictures();
  whenSpoken(showPictures);
}
