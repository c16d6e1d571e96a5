from django.urls import path

from thaw.web.me import views

urlpatterns = [
    path("me", views.me, name="me"),
    path("me/privacy", views.privacy, name="privacy"),
    path("me/privacy/idle", views.idle, name="idle"),
    path("me/privacy/passphrase", views.passphrase, name="passphrase"),
    path("me/privacy/code", views.code, name="recovery-code"),
    path("me/privacy/words", views.words, name="recovery-words"),
    path("me/privacy/remove", views.remove, name="passphrase-remove"),
    path("me/drafts-key", views.drafts_key, name="drafts-key"),
]
