/* Paste from Word: headings, lists, bold, links and tables stay; all else is dropped, hidden text first.
   What is kept goes to the editor as a clean paste; a table becomes a table block after it. */
(() => {
    const WORD = /urn:schemas-microsoft-com|class="?Mso|mso-|<table/i;
    const DROPPED = "script,style,meta,link,title,xml,o\\:p,v\\:shape,img,svg,object,iframe,input,button";
    const HIDDEN = /display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden/i;
    const HEADING = /^H[1-6]$/;
    const BLOCK = /^(P|DIV|LI|UL|OL|TABLE|BLOCKQUOTE|SECTION|ARTICLE|PRE|HR)$/;
    const NUMBER = /^\d+[.)．、]?$/;
    const BULLET = /^[^\p{L}\p{N}（(]$|^o$/u;

    const escaped = (text) =>
        text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

    const isBold = (node) =>
        /^(B|STRONG)$/.test(node.tagName) || /font-weight\s*:\s*(bold|[6-9]00)/i.test(node.style.cssText);

    /** The words of a node as clean inline markup. */
    const inline = (node) => {
        if (node.nodeType === Node.TEXT_NODE) return escaped(node.data.replace(/\s+/g, " "));
        if (node.nodeType !== Node.ELEMENT_NODE) return "";
        if (node.tagName === "BR") return " ";
        const inside = [...node.childNodes].map(inline).join("");
        if (!inside.trim()) return inside;
        const address = node.tagName === "A" ? node.getAttribute("href") || "" : "";
        if (/^(https?:|mailto:)/i.test(address)) return `<a href="${escaped(address)}">${inside}</a>`;
        return isBold(node) ? `<b>${inside}</b>` : inside;
    };

    const words = (node) => node.textContent.replace(/\s+/g, " ").trim();

    /** h3 or h4 for a heading of Word's, however it is told; "" for a paragraph. */
    const headingOf = (node) => {
        const style = node.getAttribute("style") || "";
        const level = HEADING.test(node.tagName)
            ? Number(node.tagName[1])
            : Number((style.match(/mso-outline-level\s*:\s*([1-6])/i) || [])[1]);
        if (!level) return "";
        return level < 3 ? "h3" : "h4";
    };

    /** Word's own list item: which list it is in; what it counts by stays with the text otherwise. */
    const listOf = (node) => {
        if (!/mso-list\s*:\s*l\d/i.test(node.getAttribute("style") || "")) return "";
        const marker = [...node.querySelectorAll("span")].find((span) =>
            /mso-list\s*:\s*ignore/i.test(span.getAttribute("style") || ""),
        );
        const mark = marker ? words(marker) : "";
        const kind = NUMBER.test(mark) ? "ol" : BULLET.test(mark) ? "ul" : "";
        if (marker && kind) marker.remove();
        return kind;
    };

    /** The cells of a table; what is merged stands in its first cell. */
    const grid = (table) => {
        const rows = [...table.rows].map(() => []);
        [...table.rows].forEach((row, y) => {
            let x = 0;
            for (const cell of row.cells) {
                while (rows[y][x] !== undefined) x += 1;
                for (let down = 0; down < cell.rowSpan && y + down < rows.length; down += 1)
                    for (let right = 0; right < cell.colSpan; right += 1)
                        rows[y + down][x + right] = down || right ? "" : words(cell);
                x += cell.colSpan;
            }
        });
        const width = Math.max(0, ...rows.map((row) => row.length));
        return rows.map((row) => Array.from({ length: width }, (_, at) => row[at] ?? ""));
    };

    /** [{html}] and [{table}] in the order of the document. */
    const read = (source) => {
        const page = new DOMParser().parseFromString(source, "text/html");
        page.querySelectorAll(DROPPED).forEach((node) => node.remove());
        page.querySelectorAll("[style]").forEach((node) => {
            if (HIDDEN.test(node.getAttribute("style"))) node.remove();
        });
        const parts = [];
        let list = "";
        const add = (html) => {
            const last = parts[parts.length - 1];
            if (last && last.html !== undefined) last.html += html;
            else parts.push({ html });
        };
        const close = () => {
            if (list) add(`</${list}>`);
            list = "";
        };
        const leaf = (node) => {
            const heading = headingOf(node);
            const kind = heading ? "" : listOf(node);
            const text = inline(node).trim();
            if (!words(node)) return;
            if (kind !== list) {
                close();
                if (kind) add(`<${kind}>`);
                list = kind;
            }
            add(heading ? `<${heading}>${escaped(words(node))}</${heading}>` : kind ? `<li>${text}</li>` : `<p>${text}</p>`);
        };
        const walk = (node) => {
            if (node.nodeType === Node.TEXT_NODE) {
                if (node.data.trim()) {
                    close();
                    add(`<p>${inline(node).trim()}</p>`);
                }
            } else if (node.nodeType !== Node.ELEMENT_NODE) {
                return;
            } else if (node.tagName === "TABLE") {
                close();
                parts.push({ table: grid(node) });
            } else if (/^(UL|OL)$/.test(node.tagName)) {
                close();
                const items = [...node.querySelectorAll("li")].map((item) => `<li>${inline(item).trim()}</li>`);
                add(`<${node.tagName.toLowerCase()}>${items.join("")}</${node.tagName.toLowerCase()}>`);
            } else if ([...node.children].some((child) => BLOCK.test(child.tagName) || HEADING.test(child.tagName))) {
                node.childNodes.forEach(walk);
            } else {
                leaf(node);
            }
        };
        walk(page.body);
        close();
        return parts;
    };

    const give = (editor, html) => {
        const data = new DataTransfer();
        data.setData("text/html", html);
        data.setData("text/plain", new DOMParser().parseFromString(html, "text/html").body.textContent);
        const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
        event.isClean = true;
        editor.dispatchEvent(event);
    };

    /** The editor joins the first of what is pasted to the line it is pasted in: begin a new one. */
    const newLine = (editor) => {
        const point = document.getSelection().anchorNode;
        const line = (point instanceof Element ? point : point?.parentElement)?.closest("[data-block]");
        if (!line || !editor.contains(line) || !line.textContent.trim()) return;
        const key = { key: "Enter", code: "Enter", keyCode: 13, which: 13 };
        editor.dispatchEvent(new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true }));
    };

    const editorIn = async (block) => {
        for (let turn = 0; turn < 100; turn += 1) {
            const editor = block.querySelector(".public-DraftEditor-content");
            if (editor) return editor;
            await new Promise(requestAnimationFrame);
        }
        return null;
    };

    /** The stream of blocks in which this editor is a text block, and its place there. */
    const placeOf = (editor) => {
        for (let node = editor.parentElement; node; node = node.parentElement) {
            const stream = node.rootBlock;
            if (stream && stream.children && stream.insert) {
                const at = stream.children.findIndex((child) => child.element.contains(editor));
                return at >= 0 && stream.children[at].type === "text" ? { stream, at } : null;
            }
        }
        return null;
    };

    const tableState = (data) => ({
        data,
        first_row_is_table_header: true,
        first_col_is_header: false,
        table_header_choice: "row",
        table_caption: "",
        cell: [],
        mergeCells: [],
    });

    const flat = (table) => table.map((row) => `<p>${row.map(escaped).join(" | ")}</p>`).join("");

    const place = async (editor, parts) => {
        const found = placeOf(editor);
        if (!found) {
            give(editor, parts.map((part) => part.html ?? flat(part.table)).join(""));
            return;
        }
        let { at } = found;
        for (const [number, part] of parts.entries()) {
            if (part.table) {
                at += 1;
                found.stream.insert({ type: "table", value: tableState(part.table), id: null }, at, {});
            } else if (number === 0) {
                if (/^<(h3|h4|ol|ul)/.test(part.html) || parts.length > 1) newLine(editor);
                await new Promise(requestAnimationFrame);
                give(editor, part.html);
            } else {
                at += 1;
                const state = found.stream.blockDef.initialChildStates.text;
                const block = found.stream.insert({ type: "text", value: state, id: null }, at, {});
                const made = await editorIn(block.element);
                if (made) give(made, part.html);
            }
        }
    };

    document.addEventListener(
        "paste",
        (event) => {
            if (event.isClean || !event.clipboardData) return;
            const editor = event.target.closest?.(".public-DraftEditor-content");
            const source = event.clipboardData.getData("text/html");
            // What was copied within an editor is clean, and knows its own links and files.
            if (!editor || !WORD.test(source) || source.includes("data-draftjs-conductor-fragment")) return;
            const parts = read(source);
            if (!parts.length) return;
            event.preventDefault();
            event.stopImmediatePropagation();
            place(editor, parts);
        },
        true,
    );
})();
