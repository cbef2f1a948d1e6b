// The address: #LOCALE/SECTION or #LOCALE/figure/ID, so that a link opens the same language and place.

function address() {
  const parts = decodeURIComponent(location.hash.slice(1)).split("/").filter(Boolean);
  const locale = LOCALES.includes(parts[0]) ? parts.shift() : null;
  // An address may be that of a figure alone, as other files give it: #figure-ID.
  const alone = /^figure-(\w+)$/.exec(parts[0] || "");
  if (alone) return { locale, section: "figure", id: alone[1] };
  return { locale, section: parts[0] || "", id: parts[1] || "" };
}

// The language of the address is that of the first paint.
function speakEarly() {
  const { locale } = address();
  if (locale) showLanguage(locale);
}

function put(section, locale = root.dataset.locale) {
  history.replaceState(null, "", `#${locale}${section ? `/${section}` : ""}`);
}

function go(section) {
  const found = byId(section);
  if (!found) return;
  found.scrollIntoView();
  const heading = found.querySelector("h2");
  (heading || found).focus({ preventScroll: true });
}

function follow() {
  const { locale, section, id } = address();
  if (locale) speak(locale);
  if (section === "figure") {
    const row = rowOf(id);
    showSources(row < 0 ? [] : [row]);
  } else if (section) go(section);
}

// The dialog has been closed: the address no longer names its figure.
function left() {
  if (address().section === "figure") put("");
}

function startRoute() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const pressed = event.target.closest("button[data-locale]");
    if (pressed) {
      const { section, id } = address();
      speak(pressed.dataset.locale);
      put(id ? `${section}/${id}` : section);
    } else if (link && !link.getAttribute("href").includes("/")) {
      event.preventDefault();
      const section = link.getAttribute("href").slice(1);
      put(section);
      go(section);
    }
  });
  addEventListener("hashchange", follow);
  follow();
}
