from django.urls import path

from thaw.web.words import views

urlpatterns = [
    path("words", views.words, name="words"),
    path("words/practice", views.practice, name="words-practice"),
    path("words/practice/keep", views.keep, name="words-keep"),
    path("words/<str:word>", views.word, name="word"),
]
