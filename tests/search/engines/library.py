"""The books that modelsearch's tests speak of. Its package has the tests but not their data.

What each row must be follows from what the tests expect.
"""

from datetime import date, time

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from modelsearch.test.testapp import models

AUTHORS = {
    1: ("George R.R. Martin", date(1948, 9, 20)),
    2: ("J. R. R. Tolkien", date(1892, 1, 3)),
    4: ("Isaac Asimov", date(1920, 1, 2)),
    5: ("David Ascher", None),
    6: ("Mark Lutz", None),
    7: ("Daniel Roy Greenfeld", None),
    8: ("Audrey Roy Greenfeld", None),
    9: ("Douglas Crockford", None),
    10: ("David Flanagan", None),
    11: ("Steve Klabnik", None),
    12: ("Carol Nichols", None),
    13: ("Jim Blandy", None),
    14: ("Jason Orendorff", None),
}

# id, title, authors, published, pages, setting, characters; the protagonist is marked with *
NOVELS = [
    (1, "A Game of Thrones", [1], date(1996, 8, 1), 694, "Westeros", "Daenerys Targaryen, Jon Snow, Eddard Stark"),
    (2, "A Clash of Kings", [1], date(1998, 1, 1), 768, "Westeros", "Daenerys Targaryen, Jon Snow"),
    (3, "A Storm of Swords", [1], date(2000, 1, 1), 973, "Westeros", "Daenerys Targaryen, Jon Snow"),
    (4, "The Fellowship of the Ring", [2], date(1954, 7, 29), 423, "Middle Earth", "*Frodo Baggins, Bilbo Baggins, Gandalf"),
    (5, "The Two Towers", [2], date(1954, 11, 11), 352, "Middle Earth", "*Frodo Baggins, Bilbo Baggins, Gandalf"),
    (6, "The Return of the King", [2], date(1955, 10, 20), 440, "Middle Earth", "*Frodo Baggins, Bilbo Baggins, Gandalf"),
    (7, "The Hobbit", [2], date(1937, 9, 21), 320, "Middle Earth", "*Bilbo Baggins, Thorin Oakenshield"),
    (10, "Foundation", [4], date(1951, 1, 1), 255, "Galactic Empire", "Hari Seldon, Salvor Hardin"),
]  # fmt: skip

GUIDES = [
    (11, "Learning Python", [5, 6], date(1999, 1, 1), 1160, "py"),
    (12, "Two Scoops of Django 1.11", [7, 8], date(2017, 4, 26), 556, "py"),
    (13, "JavaScript: The good parts", [9], date(2008, 5, 18), 172, "js"),
    (14, "JavaScript: The Definitive Guide", [10], date(1998, 6, 11), 792, "js"),
    (15, "The Rust Programming Language", [11, 12], date(2018, 5, 22), 440, "rs"),
]
PLAIN_BOOK = (16, "Programming Rust", [13, 14], date(2017, 12, 1), 622)
UNINDEXED = ["A Game of Thrones U", "A Clash of Kings U", "A Storm of Swords U"]

MEETINGS = [
    ("Breakfast yoga", time(8)),
    ("Stand-up meeting", time(10)),
    ("Evening yoga", time(19, 30)),
]

ANIMALS = [
    ("Animal", "0001", (1, 10)),
    ("Mammal", "00010001", (2, 7)),
    ("Reptile", "00010002", (8, 9)),
    ("Dog", "000100010001", (3, 4)),
    ("Cat", "000100010002", (5, 6)),
]


class Library:
    """Instead of the fixture that modelsearch's test classes name."""

    fixtures: list[str] = []

    @classmethod
    def setUpTestData(cls):
        for pk, (name, born) in AUTHORS.items():
            models.Author.objects.create(pk=pk, name=name, date_of_birth=born)
        for pk, title, authors, published, pages, setting, characters in NOVELS:
            _novel(pk, title, authors, published, pages, setting, characters.split(", "))
        for pk, title, authors, published, pages, language in GUIDES:
            guide = models.ProgrammingGuide.objects.create(
                pk=pk,
                title=title,
                publication_date=published,
                number_of_pages=pages,
                programming_language=language,
            )
            guide.authors.set(authors)
        pk, title, authors, published, pages = PLAIN_BOOK
        book = models.Book.objects.create(
            pk=pk, title=title, publication_date=published, number_of_pages=pages
        )
        book.authors.set(authors)
        for title in UNINDEXED:
            models.UnindexedBook.objects.create(
                title=title, publication_date=published, number_of_pages=pages
            )
        for name, start in MEETINGS:
            models.Meeting.objects.create(name=name, start_time=start)
        item = models.AgendaItem.objects.create(
            meeting=models.Meeting.objects.get(name="Stand-up meeting"), topic="Tea shortage"
        )
        models.Speaker.objects.create(agenda_item=item, name="Mrs Doyle")
        _animals()
        _reset_sequences()


def _novel(pk, title, authors, published, pages, setting, characters):
    novel = models.Novel.objects.create(
        pk=pk, title=title, publication_date=published, number_of_pages=pages, setting=setting
    )
    novel.authors.set(authors)
    for name in characters:
        character = models.Character.objects.create(name=name.removeprefix("*"), novel=novel)
        if name.startswith("*"):
            novel.protagonist = character
            novel.save()


def _animals():
    for name, path, (left, right) in ANIMALS:
        depth = len(path) // 4
        children = sum(
            other.startswith(path) and len(other) == len(path) + 4 for _, other, _ in ANIMALS
        )
        models.MPAnimal(name=name, path=path, depth=depth, numchild=children).save_base(raw=True)
        models.NSAnimal(name=name, lft=left, rgt=right, depth=depth, tree_id=1).save_base(raw=True)


def _reset_sequences():
    """Rows were given their keys; PostgreSQL must go on after them."""
    tables = list(apps.get_app_config("searchtests").get_models())
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
