"""Search over what is public: segmenting, engines, and the public search page.

- `search.segmenting`: `segment_for_index(text)`, `segment_for_query(text)`.
- `search.highlighting`: `highlight(text, query, length=120)`, safe HTML with <mark>.
- `search.pinyin`: `pinyin_initials(text)`, for suggestions.
- `search.dictionary`: `register_words(name, provider)`, `refresh()`: a county's own words.
- `search.terms`: `parse_terms(query)`, what a reader asks for.
- `search.backends.sqlite`, `.postgresql`, `.elasticsearch`: engines of Wagtail's search.

docs/search.md explains how they fit together.
"""
