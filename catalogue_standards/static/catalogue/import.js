/* Tells how far a file has been read, and goes on when it has. */
(() => {
  "use strict";

  const page = document.querySelector("[data-progress]");
  if (!page) return;
  const look = async () => {
    try {
      const response = await fetch(page.dataset.progress, { headers: { Accept: "application/json" } });
      const answer = await response.json();
      if (answer.told) page.querySelector("[data-told]").textContent = answer.told;
      if (answer.waiting === false) {
        window.location.reload();
        return;
      }
    } catch {
      // The next look may succeed.
    }
    window.setTimeout(look, 1500);
  };
  look();
})();
