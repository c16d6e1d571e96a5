from django.urls import path

from thaw.web.take import views

urlpatterns = [
    path("me/take", views.take, name="take"),
    path("me/take/backup", views.backup, name="backup"),
    path("me/take/code", views.code, name="backup-code"),
    path("me/take/words", views.words, name="backup-words"),
    path("me/take/export", views.export, name="export"),
    path("me/take/import", views.take_in, name="import"),
    path("me/take/restore", views.restore, name="restore"),
    path("me/erase", views.erase, name="erase"),
]
