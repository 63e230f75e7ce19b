"use strict";
const $ = (id) => document.getElementById(id);
const element = (tag, text, className) => Object.assign(document.createElement(tag), { textContent: text ?? "", className: className ?? "" });
const maxRecords = 200;
let acknowledged = 0;

async function post(path, body) {
  $("problem").textContent = "";
  const answer = await fetch(path, { method: "POST", body: body ?? "" });
  if (!answer.ok) $("problem").textContent = await answer.text();
  return answer.ok;
}

function showState(state) {
  $("light").className = "light " + state.light;
  $("display").textContent = state.readerPlugged ? state.text : "";
  $("door").setAttribute("class", (state.open ? "open " : "") + (state.unlocked ? "unlocked" : ""));
  $("door-state").textContent = (state.unlocked ? "unlocked" : "locked") + ", " + (state.open ? "open" : "closed");
  const link = state.node ? state.link || "starting" : "node is down";
  $("link").textContent = state.node ? `${link} · facts ${state.factsAge} s old · ${state.cards} cards held` : link;
  $("link").className = "pill " + (state.node ? link : "down");
  acknowledged = state.delivered;
  $("uplink").textContent = `${state.delivered} of ${state.journal} delivered to the register`;
  for (const row of $("records").children) row.lastChild.textContent = Number(row.dataset.sequence) <= acknowledged ? "✓" : "…";
  press("sw-network", { whole: 2, cut: 0, reset: 1 }[state.network]);
  press("sw-register", state.register ? 1 : 0);
  press("sw-node", state.node ? 1 : 0);
  press("sw-reader", state.readerPlugged ? 1 : 0);
}

function press(id, index) {
  [...$(id).children].forEach((button, i) => button.setAttribute("aria-pressed", String(i === index)));
}

let attempt = "";
function showStep(step) {
  const items = $("steps").children;
  if (step.attempt !== attempt) {
    attempt = step.attempt;
    for (const item of items) { item.classList.remove("lit"); item.querySelector("i")?.remove(); }
    $("verdict").textContent = "";
  }
  const item = items[step.step - 1];
  if (!item) return;
  item.classList.add("lit");
  item.querySelector("i")?.remove();
  item.append(element("i", `${step.milliseconds} ms`));
  if (step.code) {
    $("verdict").textContent = `${step.code} from the ${step.source.toLowerCase()}: ${step.message}`;
    $("verdict").className = "verdict " + (step.granted ? "granted" : "refused");
  }
  if (step.rules.length) showLadder(step.rules);
}

function showLadder(rules) {
  $("ladder").replaceChildren(...rules.map((rule) => {
    const item = element("li", "", (rule.passed ? "passed" : "failed") + (rule.decisive ? " decisive" : ""));
    item.append(element("span", rule.code));
    if (rule.detail) item.append(element("small", rule.detail));
    return item;
  }));
}

function showRecord(record) {
  if ([...$("records").children].some((row) => row.dataset.sequence === String(record.sequence))) return;
  const what = [record.code, record.source, record.outcome, record.detail].filter(Boolean).join(" · ");
  const row = document.createElement("tr");
  row.dataset.sequence = record.sequence;
  for (const text of [record.sequence, record.time, record.kind, what, record.hash, record.sequence <= acknowledged ? "✓" : "…"]) row.append(element("td", text));
  $("records").prepend(row);
  while ($("records").children.length > maxRecords) $("records").lastChild.remove();
}

function showNight(night) {
  document.body.classList.toggle("night", night.text !== "");
  if (night.isCaption) { $("caption").textContent = night.text; $("caption").hidden = night.text === ""; }
}

async function showCards() {
  const cards = await (await fetch("/samples")).json();
  $("cards").replaceChildren(...cards.map((card) => {
    const button = element("button", "", card.outcome.startsWith("GRANTED") ? "good" : "bad");
    button.append(element("span", card.name), element("span", card.pin ? "PIN " + card.pin : "no PIN", "pin"), element("small", card.why), element("code", card.outcome));
    button.onclick = async () => {
      $("hint").textContent = "The card is held to the reader.";
      if (await post("/card", card.cardNumber)) $("hint").textContent = card.pin ? `Type ${card.pin} and #` : "No PIN is asked.";
    };
    const item = element("li");
    item.append(button);
    return item;
  }));
}

async function showBox() {
  const box = await (await fetch("/box")).json();
  const files = element("ul");
  files.append(...box.files.map((file) => element("li", `${file.name}, ${file.bytes} bytes${file.what ? ": " + file.what : ""}`)));
  const searches = element("ul");
  searches.append(...box.searches.map((search) => element("li", `${search.looked} ${search.what} looked for: ${search.found} found`)));
  $("box-content").replaceChildren(files, searches, element("p", box.verdict));
  $("box").showModal();
}

document.querySelectorAll("[data-step]").forEach((button) => { button.onclick = () => post("/step", button.dataset.step); });
$("keypad").querySelectorAll("button").forEach((key) => { key.onclick = () => post("/keys", key.textContent); });
$("steal").onclick = showBox;
$("night").onclick = () => post("/night");
const events = new EventSource("/events");
const on = (name, show) => events.addEventListener(name, (event) => show(JSON.parse(event.data)));
on("state", showState); on("step", showStep); on("record", showRecord); on("night", showNight);
showCards();
