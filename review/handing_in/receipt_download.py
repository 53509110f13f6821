"""A receipt as the workbook that a browser or another office's program downloads."""

from urllib.parse import quote

from fastapi.responses import FileResponse, Response
from starlette.background import BackgroundTask

from domain.clock import CHINA
from domain.deliveries.receipt import Receipt, RowReader, reads_everything
from review.handing_in.reception import Reception
from review.handing_in.submissions import new_id

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_answer(reception: Reception, receipt: Receipt, may_read: RowReader = reads_everything) -> Response:
    """The workbook for this reader as a download; its copy on the disk is deleted once it was sent."""
    held_id = new_id()
    path = reception.held.reserve(held_id, "回执.xlsx")
    try:
        reception.write_receipt(receipt.id, path, may_read)
    except BaseException:
        reception.held.drop(held_id)
        raise
    name = quote(f"回执_{receipt.received_at.astimezone(CHINA):%Y%m%d_%H%M}.xlsx")
    headers = {"Content-Disposition": f"attachment; filename=\"receipt.xlsx\"; filename*=UTF-8''{name}"}
    return FileResponse(path, media_type=XLSX, headers=headers, background=BackgroundTask(reception.held.drop, held_id))
