/* The desk works without it; with it, a selection within a passage is what a comment quotes. */
(() => {
    const sheet = document.getElementById("sheet");
    if (!sheet) return;

    /** Where a point of the document lies in a passage's text, struck text left out. */
    const offset = (passage, node, at) => {
        const range = document.createRange();
        range.selectNodeContents(passage);
        range.setEnd(node, at);
        const part = range.cloneContents();
        part.querySelectorAll("del").forEach((gone) => gone.remove());
        return part.textContent.trimStart().length;
    };

    const note = (write, name, number, value) => {
        const wanted = `${name}-${number}`;
        let field = write.querySelector(`[name="${wanted}"]`);
        if (!field) {
            field = document.createElement("input");
            field.type = "hidden";
            field.name = wanted;
            field.setAttribute("form", "comment-form");
            write.append(field);
        }
        field.value = value;
    };

    sheet.addEventListener("mouseup", () => {
        const chosen = document.getSelection();
        if (!chosen || chosen.isCollapsed) return;
        const passage = chosen.anchorNode.parentElement.closest(".passage__text");
        if (!passage || !passage.contains(chosen.focusNode)) return;
        const write = passage.parentElement.querySelector(".passage__write");
        if (!write) return;
        const range = chosen.getRangeAt(0);
        const number = write.querySelector("button[name=passage]").value;
        const start = offset(passage, range.startContainer, range.startOffset);
        const end = offset(passage, range.endContainer, range.endOffset);
        if (end <= start) return;
        note(write, "start", number, start);
        note(write, "end", number, end);
        let quote = write.querySelector(".passage__quote");
        if (!quote) {
            quote = document.createElement("blockquote");
            quote.className = "sheet__quote passage__quote";
            write.querySelector("summary").after(quote);
        }
        quote.textContent = chosen.toString();
        write.open = true;
    });
})();
