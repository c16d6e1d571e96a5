from django.urls import path

from thaw.web.days import views

urlpatterns = [
    path("days", views.days, name="days"),
    path("days/change", views.change, name="days-change"),
    path("days/decide", views.decide, name="days-decide"),
    path("days/calendar", views.calendar, name="days-calendar"),
    path("days/calendar.ics", views.calendar_file, name="days-calendar-file"),
    path("days/now", views.now, name="days-now"),
    path("days/let-be", views.let_be, name="days-let-be"),
    path("feed/<str:address>.ics", views.feed, name="days-feed"),
]
