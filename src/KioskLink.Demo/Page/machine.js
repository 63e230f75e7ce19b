"use strict";
{
  const maxLines = 60, pinMax = 16;
  const names = { book: "book", magazine: "magazine", audio: "audio", movie: "film", "quick-loan": "quick loan", reference: "reference" };
  const kinds = {};
  let words = {};
  // What is typed lives here alone, and goes when it is sent, cleared or nobody needs it any more.
  let typed = "";

  const act = async (name, body) => {
    const answer = await fetch("/machine/" + name, { method: "POST", body: body ?? "" });
    if (answer.ok) show(await answer.json());
  };

  function show(screen) {
    words = screen.words;
    $("automat").lang = screen.language;
    $("automat").querySelectorAll("[data-word]").forEach((part) => { part.textContent = words[part.dataset.word]; });
    document.querySelectorAll("[data-language]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.language === screen.language)));
    if ($("machine-headline").textContent !== screen.headline) $("machine-headline").textContent = screen.headline;
    $("machine-lines").replaceChildren(...screen.lines.map((line) => element("li", line)));
    $("machine-screen").className = "screen " + screen.tone;
    $("automat").dataset.phase = screen.phase;
    $("machine-pin").hidden = screen.phase !== "pin";
    if (screen.phase !== "pin") forget();
    showTyped();
    showPlate(screen);
    for (const button of $("machine-acts").children) button.disabled = isIdle(button.dataset.act, screen);
    $("receipt").hidden = screen.receipt.length === 0;
    $("receipt-lines").replaceChildren(...screen.receipt.map((line) => element("li", line)));
  }

  const isIdle = (name, screen) =>
    name === "return" ? screen.plate.length === 0
    : name === "leave" ? screen.phase === "idle" && screen.plate.length === 0
    : name === "status" ? screen.phase !== "open"
    : screen.phase !== "open" || screen.plate.length === 0;

  function showPlate(screen) {
    const items = screen.plate.map((item) => {
      const line = element("li", "", `${item.tone} ${kinds[item.barcode] ?? ""}`);
      const away = element("button", "×");
      away.setAttribute("aria-label", `${words["take-away"]}: ${item.title}`);
      away.onclick = () => act("lay", item.barcode);
      line.append(element("p", item.title), element("p", item.text, "word"), away);
      return line;
    });
    $("plate").replaceChildren(...(items.length ? items : [element("li", words.lay, "empty")]));
    const lying = new Set(screen.plate.map((item) => item.barcode));
    for (const button of $("stacks").querySelectorAll("button")) button.setAttribute("aria-pressed", String(lying.has(button.dataset.barcode)));
  }

  function forget() { typed = ""; }
  function showTyped() {
    $("machine-typed").textContent = "•".repeat(typed.length);
    $("machine-typed").setAttribute("aria-label", `${words.digits}: ${typed.length}`);
  }
  function press(key) {
    if (key === "enter") {
      if (typed) act("pin", typed);
      forget();
    } else if (key === "clear") forget();
    else if (typed.length < pinMax) typed += key;
    showTyped();
  }

  // A message opens by a click; the newest stands on top.
  function hear(line) {
    $("talk").querySelector(".empty")?.remove();
    const item = element("li", "", line.fromMachine ? "device" : "library");
    const details = element("details"), summary = element("summary"), table = element("table"), body = element("tbody");
    summary.append(element("b", `${line.fromMachine ? "→" : "←"} ${line.code}`), element("span", line.name), element("time", line.time), element("code", line.line));
    for (const field of line.fields) {
      const row = element("tr");
      for (const text of [field.id, field.name, field.value, field.meaning]) row.append(element("td", text));
      body.append(row);
    }
    table.append(body);
    details.append(summary, table);
    item.append(details);
    $("talk").prepend(item);
    while ($("talk").children.length > maxLines) $("talk").lastChild.remove();
  }

  async function begin() {
    const [patrons, items, screen] = await Promise.all(["/samples", "/machine/items", "/machine"].map(async (path) => (await fetch(path)).json()));
    $("machine-cards").replaceChildren(...patrons.filter((patron) => patron.pin).map((patron) => {
      const button = element("button", patron.customer ? patron.name.split(" ")[0] : "Nobody's card"), item = element("li");
      button.append(element("b", patron.pin));
      button.title = patron.why;
      button.onclick = () => act("card", patron.cardNumber);
      item.append(button);
      return item;
    }));
    $("stacks").replaceChildren(...items.map((item) => {
      const button = element("button", "", kinds[item.barcode] = "type-" + item.type), line = element("li");
      button.dataset.barcode = item.barcode;
      button.append(element("span", item.title), element("small", item.barcode), element("small", [names[item.type], item.shelf, item.note].filter(Boolean).join(" · "), "note"));
      button.onclick = () => act("lay", item.barcode);
      line.append(button);
      return line;
    }));
    show(screen);
  }

  $("machine-keys").querySelectorAll("button").forEach((key) => { key.onclick = () => press(key.dataset.word ?? key.textContent); });
  $("automat").addEventListener("keydown", (event) => {
    if ($("machine-pin").hidden || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^\d$/.test(event.key)) press(event.key);
    else if (event.key === "Backspace") press("clear");
    else return;
    event.preventDefault();
  });
  document.querySelectorAll("[data-language]").forEach((button) => { button.onclick = () => act("language", button.dataset.language); });
  $("machine-acts").querySelectorAll("button").forEach((button) => { button.onclick = () => act(button.dataset.act); });
  on("machine", show); on("wire", hear);
  begin();
}
