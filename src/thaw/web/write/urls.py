from django.urls import path

from thaw.web.write import views

urlpatterns = [
    path("write", views.write, name="write"),
    path("write/word", views.word, name="write-word"),
    path("write/colour", views.colour, name="write-colour"),
    path("write/notes/<uuid:note>", views.note, name="note"),
    path("write/notes/<uuid:note>/kept", views.kept, name="note-kept"),
    path("write/notes/<uuid:note>/settle", views.settle, name="note-settle"),
    path("write/notes/<uuid:note>/trash", views.trash_note, name="note-trash"),
    path("write/notes/<uuid:note>/untrash", views.untrash_note, name="note-untrash"),
    path("write/notes/<uuid:note>/purge", views.purge_note, name="note-purge"),
    path("write/list", views.listing, name="notes"),
    path("write/calendar", views.calendar, name="notes-calendar"),
    path("write/calendar/<str:month>", views.calendar, name="notes-month"),
    path("write/days/<str:day>", views.day, name="notes-day"),
    path("write/search", views.search, name="notes-search"),
    path("write/trash", views.trash, name="notes-trash"),
    path("write/trash/empty", views.empty_trash, name="notes-trash-empty"),
]
