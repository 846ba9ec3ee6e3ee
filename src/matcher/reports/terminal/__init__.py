"""Profiles and results for a terminal: plain text where it is piped, wider columns where there is room."""

from matcher.reports.terminal.advice import print_answers
from matcher.reports.terminal.profile import print_level, print_profile
from matcher.reports.terminal.result import print_result, print_result_line

__all__ = ["print_answers", "print_level", "print_profile", "print_result", "print_result_line"]
