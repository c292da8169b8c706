// Brackets grow with what they hold only where the system has a font for mathematics. Elsewhere they are stretched here.

for (const fence of document.querySelectorAll('mo:not([stretchy="false"])')) {
  if (!/^[()[\]{}|⌊⌋⌈⌉]$/.test(fence.textContent)) continue;
  const beside = [fence.nextElementSibling, fence.previousElementSibling].find((one) => one?.localName === "mtable");
  const wanted = (beside ?? fence.parentElement).getBoundingClientRect().height;
  const has = fence.getBoundingClientRect().height;
  if (has < 0.8 * wanted) fence.style.transform = `scaleY(${wanted / has})`;
}
