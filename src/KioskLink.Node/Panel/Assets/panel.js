// The panel's live part: shows what the door says, sounds its tones, and presses keys one after the other. No digit is kept.
(() => {
  const { panel, gone, typed: typedText } = document.body.dataset;
  const language = document.documentElement.lang;
  const notice = document.getElementById("notice"), text = document.getElementById("text");
  const keys = document.getElementById("keys"), typed = document.getElementById("typed");
  let count = 0, sounded = Number(notice.dataset.sounded), pressing = Promise.resolve(), audio = null;

  const showCount = () => {
    typed.textContent = "•".repeat(Math.min(count, 16));
    if (count) typed.setAttribute("aria-label", typedText.replace("{0}", count));
    else typed.removeAttribute("aria-label");
  };

  const tone = (start, length, pitch) => {
    const wave = audio.createOscillator();
    wave.frequency.value = pitch;
    wave.connect(audio.destination);
    wave.start(audio.currentTime + start);
    wave.stop(audio.currentTime + start + length);
  };

  // A browser lets a page sound only after somebody has touched it: until then the reader's own buzzer is heard alone.
  const sound = tones => {
    if (!audio || audio.state !== "running") return;
    if (tones === "granted") tone(0, 0.4, 880);
    else if (tones === "refused") [0, 0.2, 0.4].forEach(start => tone(start, 0.1, 330));
    else tone(0, 0.1, 660);
  };

  const show = told => {
    if (told.sign !== notice.dataset.sign || told.text !== text.textContent) {
      count = 0;
      showCount();
    }
    notice.dataset.sign = told.sign;
    text.textContent = told.text;
    if (told.sounded > sounded) sound(told.tones);
    sounded = told.sounded;
  };

  const send = key => fetch(`${panel}/keys`, { method: "POST", body: key, headers: { "Content-Type": "text/plain" } }).catch(() => {});

  const press = key => {
    audio ??= new AudioContext();
    count = key === "*" || key === "#" ? 0 : count + 1;
    showCount();
    pressing = pressing.then(() => send(key));
  };

  document.querySelector(".without-script").hidden = true;
  keys.hidden = false;
  keys.addEventListener("click", event => {
    const key = event.target.closest("button")?.dataset.key;
    if (key) press(key);
  });
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (/^[0-9]$/.test(event.key)) press(event.key);
    else if (event.key === "Escape" || event.key === "Backspace") press("*");
    else if (event.key === "Enter" && event.target === document.body) press("#");
  });

  const live = new EventSource(`${panel}/live?lang=${language}`);
  live.onmessage = event => show(JSON.parse(event.data));
  live.onerror = () => show({ sign: "out", text: gone, sounded });
})();
