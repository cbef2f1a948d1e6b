// The page's data, read when it is first needed: the page is painted before that.

let read = null;

function data() {
  if (!read) read = JSON.parse(document.getElementById("data").textContent);
  return read;
}

const byId = (id) => document.getElementById(id);

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
