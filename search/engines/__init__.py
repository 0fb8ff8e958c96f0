"""The engines of the public search behind one interface (search.engines.questions.Engine)."""
