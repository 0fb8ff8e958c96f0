/* Loaded only on a page that was asked for as a print. */
window.addEventListener("load", () => window.print());
