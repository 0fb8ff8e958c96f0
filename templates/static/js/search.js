/* Search works without this file: it suggests titles while one types. */
(() => {
    const WAIT = 150;

    /* A combobox with a list (WAI-ARIA Authoring Practices), on the plain field of the search form. */
    const suggestFor = (field, number) => {
        const list = document.createElement("ul");
        list.id = `suggestions-${number}`;
        list.className = "suggestions";
        list.hidden = true;
        list.setAttribute("role", "listbox");
        list.setAttribute("aria-label", field.dataset.suggestLabel);
        field.closest(".search-box").append(list);
        field.setAttribute("role", "combobox");
        field.setAttribute("aria-autocomplete", "list");
        field.setAttribute("aria-expanded", "false");
        field.setAttribute("aria-controls", list.id);

        let chosen = -1;
        let timer = 0;
        let asking = null;

        const options = () => [...list.children];
        const choose = (place) => {
            chosen = place;
            options().forEach((option, at) => {
                option.setAttribute("aria-selected", String(at === place));
                if (at === place) option.scrollIntoView({ block: "nearest" });
            });
            if (place < 0) field.removeAttribute("aria-activedescendant");
            else field.setAttribute("aria-activedescendant", options()[place].id);
        };
        const close = () => {
            clearTimeout(timer);
            if (asking) asking.abort();
            list.hidden = true;
            list.replaceChildren();
            field.setAttribute("aria-expanded", "false");
            choose(-1);
        };
        const show = (suggestions) => {
            list.replaceChildren(
                ...suggestions.map(({ title, url }, at) => {
                    const option = document.createElement("li");
                    option.id = `${list.id}-${at}`;
                    option.setAttribute("role", "option");
                    option.textContent = title;
                    option.dataset.url = url;
                    return option;
                }),
            );
            list.hidden = suggestions.length === 0;
            field.setAttribute("aria-expanded", String(!list.hidden));
            choose(-1);
        };
        const ask = async () => {
            if (asking) asking.abort();
            const words = field.value.trim();
            if (!words) {
                close();
                return;
            }
            asking = new AbortController();
            try {
                const address = `${field.dataset.suggest}?q=${encodeURIComponent(words)}`;
                const response = await fetch(address, { signal: asking.signal });
                if (response.ok && document.activeElement === field) {
                    show((await response.json()).suggestions);
                }
            } catch {
                /* Without suggestions the field is still a field. */
            }
        };

        field.addEventListener("input", (event) => {
            clearTimeout(timer);
            // Letters on their way to characters are no words yet.
            if (!event.isComposing) timer = setTimeout(ask, WAIT);
        });
        field.addEventListener("compositionend", () => {
            clearTimeout(timer);
            timer = setTimeout(ask, WAIT);
        });
        field.addEventListener("keydown", (event) => {
            if (event.isComposing || list.hidden) return;
            const last = options().length - 1;
            if (event.key === "ArrowDown") choose(chosen < last ? chosen + 1 : -1);
            else if (event.key === "ArrowUp") choose(chosen < 0 ? last : chosen - 1);
            else if (event.key === "Escape") close();
            else if (event.key === "Enter" && chosen >= 0) {
                window.location.assign(options()[chosen].dataset.url);
            } else return;
            event.preventDefault();
        });
        field.addEventListener("blur", close);
        // The field keeps the focus until the click is done.
        list.addEventListener("pointerdown", (event) => event.preventDefault());
        list.addEventListener("click", (event) => {
            const option = event.target.closest("[role=option]");
            if (option) window.location.assign(option.dataset.url);
        });
    };

    document.querySelectorAll("[data-suggest]").forEach(suggestFor);
})();
