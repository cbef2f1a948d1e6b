// Search finds both scripts, any width and any case: all is brought to one form, character by character,
// so that places in the folded text are places in the text.

let table = null;

function forms() {
  if (table) return table;
  table = new Uint16Array(65536);
  for (let code = 0; code < 65536; code += 1) table[code] = code;
  const pairs = data().fold;
  for (let at = 0; at < pairs.length; at += 2) table[pairs.charCodeAt(at)] = pairs.charCodeAt(at + 1);
  for (let code = 0xff01; code < 0xff5f; code += 1) table[code] = code - 0xfee0;
  table[0x3000] = 32;
  for (let code = 65; code < 91; code += 1) {
    table[code] = code + 32;
    table[code + 0xfee0] = code + 32;
  }
  return table;
}

function fold(string) {
  const known = forms();
  const parts = [];
  for (let start = 0; start < string.length; start += 8192) {
    const end = Math.min(string.length, start + 8192);
    const codes = new Uint16Array(end - start);
    for (let at = start; at < end; at += 1) codes[at - start] = known[string.charCodeAt(at)];
    parts.push(String.fromCharCode.apply(null, codes));
  }
  return parts.join("");
}
