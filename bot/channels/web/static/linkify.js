// Text to DOM nodes, with web addresses and phone numbers as links. Only text nodes and anchors: nothing is parsed as HTML.
// No look-behind: Safari before 16.4 refuses a whole script that has one.

const WEB = "https:\\/\\/[^\\s<>\"«»]+";
// Colombian numbers: 01 8000 lines, landlines (60x) and mobiles (3xx), with or without +57.
const LONG = "01[ -]?8000(?:[ -]?\\d){5,7}|(?:\\+?57[ -]?)?(?:\\(60\\d\\)|60\\d|3\\d{2})[ -]?\\d{3}[ -]?\\d{2}[ -]?\\d{2}";
const NO_CALL_BEFORE = /[\w.,$@-]$|\$ $|(?:ley|decreto|resoluci[oó]n|circular|art[ií]culo|sentencia|acuerdo|law|loi|lei|lwa)\s+$/i;
const NO_CALL_AFTER = /^(?:[\w@%-]|[.,]\d|\s+(?:de\s+\d{4}|mil|pesos|d[ií]as|a[nñ]os|meses)(?!\w))/i;

function anchor(href, text, outside) {
  const link = document.createElement("a");
  link.href = href;
  link.textContent = text;
  if (outside) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  return link;
}

function withoutTail(address) {
  const unpaired = address.split(")").length > address.split("(").length;
  return address.replace(unpaired ? /[.,;:!?)\]]+$/ : /[.,;:!?\]]+$/, "");
}

/** A function from text to a document fragment. `shortCodes`: the three-digit numbers that are help lines ("123"). */
export function linkifier(shortCodes) {
  const phones = [LONG].concat(shortCodes).join("|");
  return (text) => {
    const pattern = new RegExp("(" + WEB + ")|" + phones, "g");
    const nodes = document.createDocumentFragment();
    let from = 0;
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      const found = match[1] ? withoutTail(match[1]) : match[0];
      const end = match.index + found.length;
      pattern.lastIndex = end;
      if (!match[1] && (NO_CALL_BEFORE.test(text.slice(0, match.index)) || NO_CALL_AFTER.test(text.slice(end)))) continue;
      const href = match[1] ? found : "tel:" + found.replace(/[^\d+]/g, "");
      nodes.append(text.slice(from, match.index), anchor(href, found, Boolean(match[1])));
      from = end;
    }
    nodes.append(text.slice(from));
    return nodes;
  };
}
