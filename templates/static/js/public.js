/* Everything works without this file: it adds large type, printing, a menu that closes,
   and words for what changed on the page. */
(() => {
    const root = document.documentElement;
    root.classList.add("script");

    const stored = () => {
        try {
            return localStorage.getItem("large-type") === "yes";
        } catch {
            return false;
        }
    };
    const setLargeType = (on) => {
        root.classList.toggle("large-type", on);
        document.querySelectorAll("[data-large-type]").forEach((button) => {
            button.setAttribute("aria-pressed", String(on));
        });
    };
    setLargeType(stored());

    document.addEventListener("DOMContentLoaded", () => setLargeType(stored()));
    document.addEventListener("click", (event) => {
        if (event.target.closest("[data-large-type]")) {
            const on = !root.classList.contains("large-type");
            setLargeType(on);
            try {
                localStorage.setItem("large-type", on ? "yes" : "no");
            } catch {
                /* Private windows forget; the page still changes. */
            }
        }
        if (event.target.closest("[data-print]")) {
            window.print();
        }
        document.querySelectorAll("details.site-menu[open]").forEach((menu) => {
            if (!menu.contains(event.target)) menu.open = false;
        });
    });
    document.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        document.querySelectorAll("details.site-menu[open]").forEach((menu) => {
            menu.open = false;
            menu.querySelector("summary").focus();
        });
    });

    /* What htmx swapped says in words what it holds now. */
    document.addEventListener("htmx:afterSettle", (event) => {
        const said = document.querySelector("[data-said]");
        const now = event.target.querySelector("[data-say]");
        if (!said || !now) return;
        said.textContent = now.textContent.trim();
        if ("takesFocus" in event.target.dataset) event.target.focus({ preventScroll: true });
    });
})();
