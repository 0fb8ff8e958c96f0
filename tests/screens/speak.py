"""`python -m tests.screens.speak LANGUAGE`: everyone at the desk reads this language from now on."""

from __future__ import annotations

import sys

import django

if __name__ == "__main__":
    django.setup()
    from django.contrib.auth.models import User
    from wagtail.users.models import UserProfile

    for user in User.objects.all():
        profile = UserProfile.get_for_user(user)
        profile.preferred_language = sys.argv[1]
        profile.save()
