/* Reads the text of a page aloud with the browser's own voice, sentence by sentence, the current one
   marked. Shown only where the browser has a voice for the text's language; nothing leaves the page
   but what the voice itself does. */
(() => {
    const bar = document.querySelector("[data-read-aloud]");
    const text = document.querySelector("[data-read-text]");
    const speech = window.speechSynthesis;
    if (!bar || !text || !speech || !window.SpeechSynthesisUtterance) return;

    const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, th, td, caption, figcaption";
    const UNREAD = "script, style, video, [aria-hidden='true'], .sr-only, [hidden]";
    const SENTENCE = /[^。！？；!?;\n]+[。！？；!?;”’）]*/g;
    const language = (text.lang || document.documentElement.lang).toLowerCase();
    const button = (name) => bar.querySelector(`[data-read='${name}']`);

    let voice = null;
    let sentences = [];
    let at = 0;
    let speaking = null;

    /* zh-CN before other kinds of zh, a voice of the machine before one from afar. */
    const fit = ({ lang, localService }) => {
        const own = lang.toLowerCase().replace("_", "-");
        const mainland = /^(zh|cmn)(-hans)?(-cn)?$/.test(own);
        const wanted = language.startsWith("zh") ? /^(zh|cmn)/.test(own) : own.startsWith(language);
        return wanted ? 1 + 2 * Number(mainland) + Number(localService) : 0;
    };
    const findVoice = () => {
        const [best] = speech.getVoices().sort((one, other) => fit(other) - fit(one));
        voice = best && fit(best) ? best : null;
        bar.hidden = !voice;
    };

    /* Every sentence with its place; one never runs over the end of a paragraph or a cell. */
    const collect = () => {
        const found = [];
        const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        let block = null;
        let parts = [];
        const place = (offset) => {
            const part = parts.findLast(({ from }) => from <= offset);
            return [part.node, offset - part.from];
        };
        const close = () => {
            const whole = parts.map(({ node }) => node.data).join("");
            for (const match of whole.matchAll(SENTENCE)) {
                if (!/[\p{L}\p{N}]/u.test(match[0])) continue;
                const range = document.createRange();
                range.setStart(...place(match.index));
                const [last, offset] = place(match.index + match[0].length - 1);
                range.setEnd(last, offset + 1);
                found.push({ words: match[0].trim(), range, block });
            }
            parts = [];
        };
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (node.parentElement.closest(UNREAD)) continue;
            const inside = node.parentElement.closest(BLOCKS);
            if (!inside) continue;
            if (inside !== block) {
                close();
                block = inside;
            }
            const before = parts.at(-1);
            parts.push({ node, from: before ? before.from + before.node.length : 0 });
        }
        close();
        return found;
    };

    const mark = (sentence) => {
        document.querySelectorAll(".is-read").forEach((each) => each.classList.remove("is-read"));
        if (window.Highlight) {
            CSS.highlights.delete("read");
            if (sentence) CSS.highlights.set("read", new Highlight(sentence.range));
        } else if (sentence) sentence.block.classList.add("is-read");
        if (!sentence) return;
        const { top, bottom } = sentence.range.getBoundingClientRect();
        if (top < 0 || bottom > window.innerHeight - bar.offsetHeight) {
            const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
            sentence.block.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
        }
    };

    const show = (state) => {
        bar.dataset.state = state;
        button("start").hidden = state !== "silent";
        button("pause").hidden = state !== "reading";
        button("resume").hidden = state !== "paused";
        button("stop").hidden = state === "silent";
    };
    /* Browsers differ in how they pause; all of them can stop, and begin a sentence anew. */
    const hush = () => {
        speaking = null;
        speech.cancel();
    };
    const stop = () => {
        hush();
        at = 0;
        mark(null);
        show("silent");
    };
    const read = () => {
        if (at >= sentences.length) {
            stop();
            return;
        }
        const utterance = new SpeechSynthesisUtterance(sentences[at].words);
        utterance.voice = voice;
        utterance.lang = voice.lang;
        utterance.rate = document.documentElement.classList.contains("large-type") ? 0.85 : 1;
        utterance.onend = () => {
            if (speaking !== utterance) return;
            at += 1;
            read();
        };
        utterance.onerror = () => {
            if (speaking === utterance) stop();
        };
        speaking = utterance;
        mark(sentences[at]);
        speech.speak(utterance);
    };
    const change = (state, act) => {
        act();
        show(state);
        (state === "reading" ? button("pause") : button(state === "paused" ? "resume" : "start")).focus();
    };
    const acts = {
        start: () =>
            change("reading", () => {
                speech.cancel();
                sentences = collect();
                at = 0;
                read();
            }),
        pause: () => change("paused", hush),
        resume: () => change("reading", read),
        stop: () => change("silent", stop),
    };

    bar.addEventListener("click", (event) => {
        const pressed = event.target.closest("[data-read]");
        if (pressed) acts[pressed.dataset.read]();
    });
    window.addEventListener("pagehide", hush);
    if (speech.addEventListener) speech.addEventListener("voiceschanged", findVoice);
    show("silent");
    findVoice();
})();
