"""What we send out: the sentences and the page of a period."""

from analysis.briefing.headlines import headlines
from analysis.briefing.page import write_page

__all__ = ["headlines", "write_page"]
