from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thaw.web.house import the_house
from thaw.web.learn import queries


@require_safe
def learn(request: HttpRequest) -> HttpResponse:
    return render(request, "learn/list.html", {"shelves": queries.shelves_of(the_house())})


@require_safe
def article(request: HttpRequest, article: str) -> HttpResponse:
    return render(request, "learn/article.html", {"page": queries.page_of(the_house(), article)})


@require_safe
def work(request: HttpRequest, work: str) -> HttpResponse:
    return render(request, "learn/work.html", {"page": queries.work_of(the_house(), work)})
