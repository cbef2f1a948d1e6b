"""What we send out: the sentences and the page of a period, and reports with their numbers marked."""

from analysis.briefing.content import Content
from analysis.briefing.headlines import headlines
from analysis.briefing.marked import marked_page
from analysis.briefing.page import write_page

__all__ = ["Content", "headlines", "marked_page", "write_page"]
