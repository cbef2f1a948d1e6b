// The page's data, unpacked once the page has been painted; all else begins after that.

const byId = (id) => document.getElementById(id);
let read = null;
const data = () => read;

// Unpack a template of the page: base64 of gzip.
function unpacked(id) {
  const marks = atob(byId(id).content.textContent);
  const bytes = new Uint8Array(marks.length);
  for (let at = 0; at < marks.length; at += 1) bytes[at] = marks.charCodeAt(at);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
}

async function readData() {
  read = await unpacked("data").json();
}

// Make an element: its name, its properties (class, text, data-… and other attributes), its children.
function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "text") made.textContent = value;
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}
