/* The table editor: cells open in place, each is saved at once. Everything works from the keyboard.
   The server sends the form of a cell and answers a save; see catalogue_standards/views/table.py. */
(() => {
  "use strict";

  const before = new WeakMap(); // open cell -> what it showed
  const names = new WeakMap(); // open cell -> names that are offered

  const sheetOf = (node) => node.closest("[data-sheet]");
  const cellOf = (node) => (node instanceof Element ? node.closest("[data-cell]") : null);
  const formIn = (cell) => cell.querySelector(".cell-form");
  const isOpen = (cell) => before.has(cell);
  const controls = (cell) =>
    [...cell.querySelectorAll("input:not([type=hidden]), textarea, select, button")].filter(
      (each) => each.offsetParent && (each.type !== "radio" || each.checked || !groupHasChoice(each)),
    );
  const groupHasChoice = (radio) => radio.form.querySelector(`[name="${radio.name}"]:checked`);

  function say(node, text, isError = false) {
    const said = sheetOf(node).querySelector("[data-said]");
    said.textContent = text || "";
    said.classList.toggle("sheet__said--error", isError);
  }

  async function ask(url, options = {}) {
    const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };
    const response = await fetch(url, { ...options, headers });
    return response.json();
  }

  function typed(cell) {
    return new URLSearchParams(new FormData(formIn(cell))).toString();
  }

  function focusCell(cell) {
    if (!cell) return;
    for (const each of sheetOf(cell).querySelectorAll('[data-cell][tabindex="0"]')) {
      each.tabIndex = -1;
    }
    cell.tabIndex = 0;
    cell.focus();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function neighbour(cell, down, right) {
    const row = cell.parentElement;
    if (right) {
      const cells = [...sheetOf(cell).querySelectorAll("[data-cell]")];
      return cells[cells.indexOf(cell) + right];
    }
    let other = row;
    do {
      other = down > 0 ? other.nextElementSibling : other.previousElementSibling;
    } while (other && !other.querySelector("[data-cell]"));
    return other && other.children[cell.cellIndex];
  }

  function close(cell, html) {
    cell.innerHTML = html;
    cell.classList.remove("sheet__cell--open");
    before.delete(cell);
  }

  function show(cell, html, suggestions) {
    cell.innerHTML = html;
    cell.dataset.opened = typed(cell);
    names.set(cell, suggestions || []);
    const first = controls(cell)[0];
    if (!first) return;
    first.focus({ preventScroll: true });
    if (first.type === "text") first.select();
    else if (first.type === "textarea") first.setSelectionRange(first.value.length, first.value.length);
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  async function open(cell) {
    if (isOpen(cell)) return;
    before.set(cell, cell.innerHTML);
    let answer;
    try {
      answer = await ask(cell.dataset.cell);
    } catch {
      answer = { said: sheetOf(cell).dataset.opening };
    }
    say(cell, answer.said, true);
    if (!answer.html) {
      before.delete(cell);
      return;
    }
    cell.classList.add("sheet__cell--open");
    show(cell, answer.html, answer.suggestions);
  }

  function cancel(cell) {
    close(cell, before.get(cell));
    say(cell, "");
  }

  function replace(parts) {
    for (const [id, html] of Object.entries(parts || {})) {
      const part = document.getElementById(id);
      if (part && !isOpen(part)) part.innerHTML = html;
    }
  }

  /* Whether the cell could be closed. */
  async function save(cell) {
    if (cell.dataset.saving) return false;
    cell.dataset.saving = "1";
    let answer;
    try {
      const body = new FormData(formIn(cell));
      answer = await ask(cell.dataset.cell, { method: "POST", body });
    } catch {
      answer = {};
    }
    delete cell.dataset.saving;
    if (answer.state === "saved") {
      close(cell, answer.html);
      replace(answer.cells);
      say(cell, answer.said);
      return true;
    }
    say(cell, answer.html ? "" : answer.said || sheetOf(cell).dataset.lost, true);
    if (answer.html) show(cell, answer.html, answer.suggestions);
    return false;
  }

  async function saveAndGo(cell, target) {
    const unchanged = typed(cell) === cell.dataset.opened && !cell.querySelector("[data-theirs]");
    if (unchanged) cancel(cell);
    else if (!(await save(cell))) return;
    focusCell(target || cell);
  }

  async function undo(form) {
    try {
      const answer = await ask(form.action, { method: "POST", body: new FormData(form) });
      replace(answer.cells);
      say(form, answer.said, answer.state !== "saved");
    } catch {
      say(form, sheetOf(form).dataset.lost, true);
    }
  }

  /* Names offered under a text of several lines, for the line that is being written. */
  const offered = {
    list: null,
    line(area) {
      const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
      const end = area.value.indexOf("\n", area.selectionStart);
      return [start, end < 0 ? area.value.length : end];
    },
    refresh(area) {
      this.hide();
      const [start, end] = this.line(area);
      const words = area.value.slice(start, end).replace(/^《/, "").trim();
      const found = (names.get(cellOf(area)) || []).filter((name) => name.includes(words));
      if (!words || !found.length || found.includes(area.value.slice(start, end))) return;
      this.list = document.createElement("ul");
      this.list.className = "cell-form__offered";
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", sheetOf(area).dataset.suggested);
      this.list.id = "cell-form-offered";
      found.slice(0, 8).forEach((name, number) => {
        const option = document.createElement("li");
        option.id = `cell-form-offered-${number}`;
        option.setAttribute("role", "option");
        option.textContent = name;
        this.list.append(option);
      });
      area.after(this.list);
      area.setAttribute("aria-controls", this.list.id);
    },
    hide() {
      if (!this.list) return;
      this.list.previousElementSibling.removeAttribute("aria-activedescendant");
      this.list.remove();
      this.list = null;
    },
    chosen() {
      return this.list && this.list.querySelector('[aria-selected="true"]');
    },
    move(area, step) {
      const options = [...this.list.children];
      const at = options.indexOf(this.chosen());
      const next = options[(at + step + options.length) % options.length] || options[0];
      options.forEach((each) => each.setAttribute("aria-selected", each === next));
      area.setAttribute("aria-activedescendant", next.id);
    },
    take(area, option) {
      const [start, end] = this.line(area);
      area.setRangeText(option.textContent, start, end, "end");
      this.hide();
    },
  };

  function onCellKey(event, cell) {
    const steps = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    };
    if (event.key in steps) {
      event.preventDefault();
      focusCell(neighbour(cell, ...steps[event.key]));
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      open(cell);
    } else if (event.key === "z" && (event.ctrlKey || event.metaKey)) {
      const form = sheetOf(cell).querySelector("[data-undo]");
      if (!form) return;
      event.preventDefault();
      undo(form);
    }
  }

  function onFormKey(event, cell) {
    const area = event.target instanceof HTMLTextAreaElement ? event.target : null;
    if (area && offered.list && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      offered.move(area, event.key === "ArrowDown" ? 1 : -1);
    } else if (area && event.key === "Enter" && offered.chosen()) {
      event.preventDefault();
      offered.take(area, offered.chosen());
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (offered.list) offered.hide();
      else {
        cancel(cell);
        focusCell(cell);
      }
    } else if (event.key === "Enter" && !event.isComposing) {
      const writesLine = area && !event.ctrlKey && !event.metaKey;
      if (writesLine || event.target.type === "button" || event.target.type === "submit") return;
      event.preventDefault();
      saveAndGo(cell, cell);
    } else if (event.key === "Tab") {
      const all = controls(cell).filter((each) => each.tagName !== "BUTTON");
      const edge = event.shiftKey ? all[0] : all[all.length - 1];
      if (event.target !== edge) return;
      event.preventDefault();
      saveAndGo(cell, neighbour(cell, 0, event.shiftKey ? -1 : 1));
    }
  }

  document.addEventListener("keydown", (event) => {
    const cell = cellOf(event.target);
    if (!cell || event.isComposing) return;
    if (isOpen(cell)) onFormKey(event, cell);
    else onCellKey(event, cell);
  });

  // What was typed is saved when one goes on to something else. Not before the click is done: closing
  // a cell moves the others from under the pointer.
  document.addEventListener(
    "click",
    (event) => {
      for (const cell of document.querySelectorAll(".sheet__cell--open")) {
        const isSettled = !formIn(cell) || cell.querySelector("[data-theirs]");
        if (cell.contains(event.target) || isSettled) continue;
        if (typed(cell) === cell.dataset.opened) cancel(cell);
        else save(cell);
      }
    },
    true,
  );

  document.addEventListener("click", (event) => {
    const cell = cellOf(event.target);
    if (!cell || event.target.closest("a")) return;
    const option = event.target.closest("[role=option]");
    if (option) {
      const area = option.parentElement.previousElementSibling;
      offered.take(area, option);
      area.focus();
    } else if (event.target.closest("[data-cancel]")) {
      cancel(cell);
      focusCell(cell);
    } else if (event.target.closest("[data-theirs]")) {
      close(cell, cell.querySelector("template").innerHTML);
      focusCell(cell);
    } else if (!isOpen(cell)) {
      focusCell(cell);
      open(cell);
    }
  });

  document.addEventListener("input", (event) => {
    if (event.target instanceof HTMLTextAreaElement && cellOf(event.target)) {
      offered.refresh(event.target);
    }
  });

  document.addEventListener("submit", (event) => {
    const cell = cellOf(event.target);
    if (cell) {
      event.preventDefault();
      save(cell).then((closed) => closed && focusCell(cell));
    } else if (event.target.matches("[data-undo]")) {
      event.preventDefault();
      undo(event.target);
    }
  });

  window.addEventListener("beforeunload", (event) => {
    const open = [...document.querySelectorAll(".sheet__cell--open")].filter(formIn);
    if (open.some((cell) => typed(cell) !== cell.dataset.opened)) event.preventDefault();
  });
})();
