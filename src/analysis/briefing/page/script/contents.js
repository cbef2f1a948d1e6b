// The page of all periods: its language, in its address and in the links to the periods.

function speak(locale) {
  root.dataset.locale = locale;
  root.lang = locale;
  for (const button of document.querySelectorAll("button[data-locale]")) {
    button.setAttribute("aria-pressed", String(button.dataset.locale === locale));
  }
  for (const link of document.querySelectorAll("a.on")) link.hash = locale;
}

const asked = () => {
  const found = [...document.querySelectorAll("button[data-locale]")].map((button) => button.dataset.locale);
  const locale = location.hash.slice(1);
  return found.includes(locale) ? locale : root.dataset.locale;
};

document.addEventListener("click", (event) => {
  const pressed = event.target.closest("button[data-locale]");
  if (!pressed) return;
  history.replaceState(null, "", `#${pressed.dataset.locale}`);
  speak(pressed.dataset.locale);
});
addEventListener("hashchange", () => speak(asked()));
speak(asked());
oncePainted(() => {
  root.dataset.ready = "yes";
});
