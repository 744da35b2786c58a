// One line of the conversation as DOM: a bubble, a card that can be kept, options to tap.

// "🎒 Qué llevar:" at the start of a card's line, but not a step ("1. …") or an item ("• …") that has a colon.
const LABEL = /^(?![\d•-])[^:]{2,40}:(?=\s|$)/;

export function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

function button(text, act) {
  const node = make("button", "", text);
  node.type = "button";
  node.addEventListener("click", act);
  return node;
}

/** A line without its options. `who` is bot or person; what a person wrote is shown as it is, with no links. */
export function lineNode(line, texts, linkify) {
  const node = make("div", "line " + line.who);
  node.tabIndex = -1;
  const speaker = make("span", "unseen", (line.who === "bot" ? texts.bot_says : texts.you_say) + " ");
  if (line.who === "person") {
    const bubble = make("div", "bubble", line.text);
    bubble.prepend(speaker);
    node.append(bubble);
  } else if (line.kind === "card" || line.kind === "private_card") {
    node.classList.add("card");
    node.append(speaker, cardNode(node, line.text, texts, linkify));
  } else {
    if (line.kind === "crisis") node.classList.add("crisis");
    const bubble = make("div", "bubble");
    bubble.append(speaker, linkify(line.text));
    if (line.file) bubble.append(fileNode(line.file, texts));
    node.append(bubble);
  }
  return node;
}

function fileNode(file, texts) {
  const link = make("a", "file", file.name.endsWith(".pdf") ? texts.open_page : texts.open_file);
  link.href = file.href;
  link.download = file.name;
  return link;
}

function cardNode(node, text, texts, linkify) {
  const [title, ...rest] = text.split("\n");
  const bubble = make("div", "bubble");
  const body = make("div", "body");
  rest.join("\n").trim().split("\n").forEach((line) => {
    const label = (LABEL.exec(line) || [""])[0];
    if (label) body.append(make("strong", "", label));
    body.append(linkify(line.slice(label.length)), "\n");
  });
  const tools = make("div", "tools");
  const copy = button(texts.copy, async () => {
    copy.textContent = (await copied(text)) ? texts.copied : texts.copy_failed;
    setTimeout(() => (copy.textContent = texts.copy), 3000);
  });
  tools.append(copy, button(texts.print, () => {
    node.classList.add("printing");
    window.print();
    node.classList.remove("printing");
  }));
  bubble.append(make("h2", "", title), body, tools);
  return bubble;
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (failure) {
    return copiedOldWay(text);
  }
}

function copiedOldWay(text) {
  const area = make("textarea", "unseen");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

/** Options as large buttons; `tapped(option, byKeyboard)` once, with the first that is tapped. */
export function optionsNode(options, texts, tapped) {
  const group = make("div", "options");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", texts.options);
  options.forEach((option) => {
    const node = button(option.label, () => tapped(option));
    if (option.description) node.append(make("small", "", option.description));
    group.append(node);
  });
  return group;
}

/** The same options as text: still to be read, no longer to be tapped. */
export function oldOptionsNode(options, texts, chosen) {
  const list = make("ul", "options");
  list.setAttribute("aria-label", texts.old_options);
  options.forEach((option) => {
    const node = make("li", option === chosen ? "chosen" : "", option.label);
    if (option === chosen) node.append(make("span", "unseen", ", " + texts.chosen));
    list.append(node);
  });
  return list;
}
