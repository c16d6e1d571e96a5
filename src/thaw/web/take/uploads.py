"""A file in a form, written to a file without a name as it is read."""

from collections.abc import Callable
from functools import wraps
from typing import IO, Any, BinaryIO, TypeAlias, cast

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from thaw.units import InputError
from thaw.web.house import the_house
from thaw.web.intake import nameless_file

FIELD = "file"

AsCalled: TypeAlias = Any  # By Django, with much that is of no use here.
View = Callable[[HttpRequest], HttpResponse]


class ToDisk(FileUploadHandler):
    """Takes the one file of a form; others are passed over."""

    _file: IO[bytes] | None = None

    def new_file(self, *args: AsCalled, **named: AsCalled) -> None:
        super().new_file(*args, **named)
        if self.field_name != FIELD or self._file is not None:
            raise SkipFile
        self._file = nameless_file(the_house().data)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        del start
        if self._file is not None:
            self._file.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        if self._file is None or self.field_name != FIELD:
            return None
        self._file.seek(0)
        return UploadedFile(self._file, name=FIELD, size=file_size)

    def upload_interrupted(self) -> None:
        if self._file is not None:
            self._file.close()


def takes_file(view: View) -> View:
    """Let a view read a file from its form.

    What takes it must be in place before the form's token is read, so that is looked at inside.
    """
    inner = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def with_file(request: HttpRequest) -> HttpResponse:
        request.upload_handlers = [ToDisk(request)]
        return inner(request)

    return with_file


def file_of(request: HttpRequest) -> BinaryIO:
    """Return the file of a form.

    Raises:
        InputError: ``take.no_file``.
    """
    given = request.FILES.get(FIELD)
    if given is None or not given.size:
        raise InputError("take.no_file", "No file was chosen, or it is empty. Choose one first.")
    # It is the one that ``ToDisk`` made.
    return cast("BinaryIO", given.file)
