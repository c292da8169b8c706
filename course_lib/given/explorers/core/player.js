// A control for an axis of time: scrub it, or let it run once to its end.

import { button, make } from "./dom.js";

const PACE = 400; // milliseconds a step

/**
 * @param {Element} parent
 * @param {string} label
 * @param {() => number} count how many steps there are now
 * @param {(step: number) => void} moves
 * @returns {{ show: (step: number, text: string) => void }}
 */
export function player(parent, label, count, moves) {
  const around = make("div", parent, { className: "course-player" });
  const name = make("label", around, { className: "course-field" });
  make("span", name, { textContent: label });
  const range = make("input", name, { type: "range", min: "0", step: "1" });
  const told = make("span", around, { className: "course-player-told" });
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const play = button(around, still ? "next" : "play", () => (still ? step() : timer ? stop() : start()));
  let timer = 0;
  let at = 0;
  range.addEventListener("input", () => {
    stop();
    moves(Number(range.value));
  });

  function start() {
    if (at === count() - 1) moves(0);
    timer = setInterval(() => (play.isConnected && at < count() - 1 ? moves(at + 1) : stop()), PACE);
    play.textContent = "stop";
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    if (!still) play.textContent = "play";
  }

  function step() {
    moves((at + 1) % count());
  }

  function show(now, text) {
    at = now;
    range.max = String(count() - 1);
    range.value = String(now);
    told.textContent = text;
  }
  return { show };
}
