// The pages do everything without this. It only saves steps: "/" puts the cursor into the search box, and a code
// can be copied with one touch.
const isTyping = (target) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const box = document.querySelector("#q");
  if (!(box instanceof HTMLInputElement)) return;
  event.preventDefault();
  box.focus();
  box.select();
});

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(button.dataset.copy).then(
        () => (button.textContent = button.dataset.copied),
        () => (button.hidden = true),
      );
    });
  }
}

// A name for a certificate is written on the page and goes nowhere else.
for (const box of document.querySelectorAll("input[data-writes]")) {
  const line = document.getElementById(box.dataset.writes);
  const field = box.closest("[data-needs-script]");
  if (field) field.hidden = false;
  if (line) box.addEventListener("input", () => (line.textContent = box.value));
}
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
