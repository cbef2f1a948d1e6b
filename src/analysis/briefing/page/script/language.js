// The language: everything is in the page three times, and the root element says which one is seen.

const LOCALES = ["zh-Hant", "zh-Hans", "en"];
const changed = [];

const spoken = () => LOCALES.indexOf(root.dataset.locale);

// Say a text of the data by its number.
function text(number) {
  const said = data().texts[number];
  return typeof said === "string" ? said : said[spoken()];
}

// Say a phrase of the page, with its fields filled in.
function word(key, fields = {}) {
  return data().words[key][spoken()].replace(/\{(\w+)\}/g, (_, name) => String(fields[name]));
}

// Do something now or later, and again whenever the language changes.
function whenSpoken(act) {
  changed.push(act);
}

function showLanguage(locale) {
  root.dataset.locale = locale;
  root.lang = locale;
  for (const button of document.querySelectorAll("[data-locale][aria-pressed]")) {
    button.setAttribute("aria-pressed", String(button.dataset.locale === locale));
  }
}

function sayLabels() {
  for (const part of document.querySelectorAll("[data-say-aria-label]")) {
    part.setAttribute("aria-label", word(part.dataset.sayAriaLabel));
  }
  for (const part of document.querySelectorAll("[data-say-placeholder]")) {
    part.placeholder = word(part.dataset.sayPlaceholder);
  }
  for (const part of document.querySelectorAll("[data-told]")) {
    part.setAttribute(part.dataset.told, text(Number(part.dataset.text)));
  }
}

function speak(locale) {
  if (!LOCALES.includes(locale) || locale === root.dataset.locale) return;
  const kept = document.elementFromPoint(innerWidth / 2, Math.min(160, innerHeight / 2));
  const before = kept ? kept.getBoundingClientRect().top : 0;
  showLanguage(locale);
  sayLabels();
  for (const act of changed) act();
  // What was read stays where it was: texts of another language are of another length.
  if (kept && kept.isConnected && scrollY > 0) scrollBy(0, kept.getBoundingClientRect().top - before);
}
