"""The times that a text names: where they stand, which days they mean, and what is no time."""

import time as clock
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.times import days
from reportedly.times import MOST, other_day, times_in

THURSDAY = "2024-11-21"


def told(text: str, published: str | None = THURSDAY) -> list[str]:
    """Each time as "words: first" or "words: first – last", with its clock time."""
    out = []
    for t in times_in(text, published):
        assert text[t.start : t.end] == t.text
        value = f"{t.first}" if t.first == t.last else f"{t.first} – {t.last}"
        out.append(f"{t.text}: {value}" + (f" {t.at:%H:%M}" if t.at else ""))
    return out


@pytest.mark.parametrize(
    ("text", "time"),
    [
        # days reckoned from publication
        ("It fell on Tuesday", "Tuesday: 2024-11-19"),
        ("It fell on Thursday", "Thursday: 2024-11-21"),
        ("It fell on Friday", "Friday: 2024-11-15"),
        ("The council will meet on Friday", "Friday: 2024-11-22"),
        ("On Friday, the council will meet", "Friday: 2024-11-22"),
        ("The road will reopen, the mayor said on Tuesday", "Tuesday: 2024-11-19"),
        ("The vote will be held on Friday", "Friday: 2024-11-22"),
        ("A hearing is to be held on Friday", "Friday: 2024-11-22"),
        ("The crew would be sent home on Friday", "Friday: 2024-11-22"),
        ("The hearing has been set for Friday", "Friday: 2024-11-22"),
        ("The vote was held on Friday", "Friday: 2024-11-15"),
        ("The clerk told her to come back on Friday", "Friday: 2024-11-22"),
        ("The clerk went to see her on Friday", "Friday: 2024-11-15"),
        ("Its teams had counted 58 cases by Wednesday", "Wednesday: 2024-11-20"),
        ("The toll rose to 58 by Wednesday", "Wednesday: 2024-11-20"),
        ("The union had agreed to vote by Wednesday", "Wednesday: 2024-11-27"),
        ("It must be paid by Wednesday", "Wednesday: 2024-11-27"),
        ("has until 9 a.m. Tuesday", "9 a.m. Tuesday: 2024-11-26 09:00"),
        ("next Tuesday", "next Tuesday: 2024-11-26"),
        ("last Thursday", "last Thursday: 2024-11-14"),
        ("on Tuesday last week", "Tuesday last week: 2024-11-12"),
        ("on Wednesday night", "Wednesday night: 2024-11-20"),
        ("early on Monday", "early on Monday: 2024-11-18"),
        ("this morning", "this morning: 2024-11-21"),
        ("last night", "last night: 2024-11-20"),
        ("Yesterday it rained", "Yesterday: 2024-11-20"),
        ("the day before yesterday", "the day before yesterday: 2024-11-19"),
        ("It opens tomorrow", "tomorrow: 2024-11-22"),
        ("two days ago", "two days ago: 2024-11-19"),
        ("half an hour ago", "half an hour ago: 2024-11-21"),
        ("Tuesday’s vote", "Tuesday: 2024-11-19"),
        ("the two will go ahead of Tuesday’s vote", "Tuesday: 2024-11-26"),
        # weeks, months, years
        ("last week", "last week: 2024-11-11 – 2024-11-17"),
        ("next week", "next week: 2024-11-25 – 2024-12-01"),
        ("at the weekend", "the weekend: 2024-11-16 – 2024-11-17"),
        ("three weeks earlier", "three weeks earlier: 2024-10-28 – 2024-11-03"),
        ("a month beforehand", "a month beforehand: 2024-10-01 – 2024-10-31"),
        ("Earlier this month", "Earlier this month: 2024-11-01 – 2024-11-30"),
        ("last month", "last month: 2024-10-01 – 2024-10-31"),
        ("the end of the year", "the end of the year: 2024-01-01 – 2024-12-31"),
        ("last year", "last year: 2023-01-01 – 2023-12-31"),
        ("Sixty years ago", "Sixty years ago: 1964-01-01 – 1964-12-31"),
        ("twenty-five years ago", "twenty-five years ago: 1999-01-01 – 1999-12-31"),
        ("a decade ago", "a decade ago: 2014-01-01 – 2014-12-31"),
        ("over the past 24 hours", "the past 24 hours: 2024-11-20 – 2024-11-21"),
        ("in March", "March: 2024-03-01 – 2024-03-31"),
        ("in December", "December: 2024-12-01 – 2024-12-31"),
        ("It will open in March", "March: 2025-03-01 – 2025-03-31"),
        ("March 2012", "March 2012: 2012-03-01 – 2012-03-31"),
        ("It closed last January. 30 people left", "last January: 2024-01-01 – 2024-01-31"),
        ("last March", "last March: 2024-03-01 – 2024-03-31"),
        ("March last year", "March last year: 2023-03-01 – 2023-03-31"),
        ("in the spring", "the spring: 2024-03-01 – 2024-05-31"),
        ("this summer", "this summer: 2024-06-01 – 2024-08-31"),
        ("the summer of 2014", "the summer of 2014: 2014-06-01 – 2014-08-31"),
        ("the third quarter", "the third quarter: 2024-07-01 – 2024-09-30"),
        ("the second half of 2023", "the second half of 2023: 2023-07-01 – 2023-12-31"),
        ("in 2022", "2022: 2022-01-01 – 2022-12-31"),
        ("mid-2015", "mid-2015: 2015-01-01 – 2015-12-31"),
        ("the 2014 World Cup", "2014: 2014-01-01 – 2014-12-31"),
        ("the 1990s", "the 1990s: 1990-01-01 – 1999-12-31"),
        ("the late ’80s", "the late ’80s: 1980-01-01 – 1989-12-31"),
        ("the early nineties", "the early nineties: 1990-01-01 – 1999-12-31"),
        ("the 18th century", "the 18th century: 1700-01-01 – 1799-12-31"),
        # dates
        ("on 19 November", "19 November: 2024-11-19"),
        ("the 19th of November", "the 19th of November: 2024-11-19"),
        ("Nov 19, 2024", "Nov 19, 2024: 2024-11-19"),
        ("on Nov. 19", "Nov. 19: 2024-11-19"),
        ("Tuesday, 19 November 2024,", "Tuesday, 19 November 2024: 2024-11-19"),
        ("due on Jan. 14", "Jan. 14: 2025-01-14"),
        ("June 3-5", "June 3-5: 2024-06-03 – 2024-06-05"),
        ("9 and 11 March", "9 and 11 March: 2024-03-09 – 2024-03-11"),
        ("on 2024-11-19", "2024-11-19: 2024-11-19"),
        ("on 19/11/2024", "19/11/2024: 2024-11-19"),
        ("by Christmas", "Christmas: 2024-12-25"),
        ("last Thanksgiving", "last Thanksgiving: 2023-11-23"),
        # ranges
        ("between 2010 and 2012", "2010 and 2012: 2010-01-01 – 2012-12-31"),
        ("in 2010-12", "2010-12: 2010-01-01 – 2012-12-31"),
        ("since July 30", "July 30: 2024-07-30 – 2024-11-21"),
        ("from Monday to Friday", "Monday to Friday: 2024-11-18 – 2024-11-22"),
        # clock times
        ("at 7.40am.", "7.40am: 2024-11-21 07:40"),
        ("at 7:40 a.m. on Tuesday", "7:40 a.m. on Tuesday: 2024-11-19 07:40"),
        ("on Tuesday at 19:40", "Tuesday at 19:40: 2024-11-19 19:40"),
        ("at noon on Tuesday", "noon on Tuesday: 2024-11-19 12:00"),
        ("at 0900 GMT", "0900 GMT: 2024-11-21 09:00"),
        ("12.15am", "12.15am: 2024-11-21 00:15"),
    ],
)
def test_a_time(text: str, time: str) -> None:
    assert told(text) == [time]


@pytest.mark.parametrize(
    "text",
    [
        "You may march with the sun; wait a second",
        "2,000 people, 2000 people, 1914 tonnes and $2,014",
        "the 1914 tonnes of 2016 square metres, from 1400 to 1500 troops",
        "in 1980 homes",
        "Theresa May said April Jones and June Smith had left",
        "The Sunday Times and the Sunday Mirror",
        "Bloody Sunday and Black Friday",
        "on Tuesdays, and every Friday",
        "two days before the vote",
        "a year earlier than planned",
        "half a year ago, Half a day earlier, half-a-decade ago",
        "The fall of Rome, in the last year of his presidency",
        "flight 1989, page 2001, room 1408",
        "at 12.50 a share, at 7.40 percent",
        "on Nov. 31, on 2024-13-40 and on 3/4/2024",
        "now, recently, soon, in recent years",
        "",
    ],
)
def test_no_time(text: str) -> None:
    assert told(text) == []


def test_what_was_named_before_is_reckoned_from() -> None:
    text = "It fell on Monday. Two days earlier, it had been checked; the next day, at 7.40am, it was closed."
    assert told(text)[1:] == ["Two days earlier: 2024-11-16", "the next day, at 7.40am: 2024-11-17 07:40"]


def test_a_clock_time_is_of_a_day_to_come_only_where_its_verb_looks_ahead() -> None:
    said = "Two tugs would arrive on Saturday, the harbour master said.\n\n"
    assert told(said + "The station said it had received the call at 04:12 GMT.")[1] == "04:12 GMT: 2024-11-21 04:12"
    assert told(said + "They will be met at 04:12 GMT.")[1] == "04:12 GMT: 2024-11-23 04:12"


def test_a_clock_time_is_of_the_last_day_named_far_before_it() -> None:
    between = "\n\nThe harbour master spoke of the tug and of the pier at length." * 10
    text = f"The tug was boarded on Tuesday morning.{between}\n\nThe boarding began at 7.50am, he said."
    assert told(text)[1] == "7.50am: 2024-11-19 07:50"
    assert told(text.replace("on Tuesday morning", "on 3 May 2019"))[1] == "7.50am: 2024-11-21 07:50"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("schools would stay closed on Wednesday", "2024-11-27"),
        ("the pool would remain shut on Wednesday", "2024-11-27"),
        ("the club hoped to announce it on Wednesday", "2024-11-27"),
        ("talks were to resume on Wednesday", "2024-11-27"),
        ("talks were to have resumed on Wednesday", "2024-11-20"),
        ("the club had hoped to win on Wednesday", "2024-11-20"),
    ],
)
def test_what_was_still_to_come_lies_ahead(text: str, day: str) -> None:
    assert told(text) == [f"Wednesday: {day}"]


@pytest.mark.parametrize(
    ("published", "text", "day"),
    [
        ("2024-02-27", "They will meet on Feb. 29", "2024-02-29"),
        ("2024-03-02", "They met on Feb. 29", "2024-02-29"),
        ("2025-01-10", "They met on Feb. 29", "2024-02-29"),
        ("2023-11-10", "They will meet on Feb. 29", "2024-02-29"),
    ],
)
def test_a_day_that_not_every_year_has(published: str, text: str, day: str) -> None:
    assert told(text, published) == [f"{text[-7:]}: {day}"]
    assert told("They met on Feb. 29", "2022-03-01") == []


def test_how_sure_a_value_is() -> None:
    sure = {t.text: not t.approximate for t in times_in("in 2022, on Tuesday, by Monday, about two days ago", THURSDAY)}
    assert sure == {"2022": True, "Tuesday": True, "Monday": False, "about two days ago": False}


@pytest.mark.parametrize("published", [None, "", "yesterday", "2024-99-99"])
def test_without_a_day_of_publication_only_dates_stay(published: str | None) -> None:
    text = "On Tuesday, last year, in March, at 7.40am; on 19 November 2024, the day after, in 2022"
    assert told(text, published) == [
        "19 November 2024: 2024-11-19", "the day after: 2024-11-20", "2022: 2022-01-01 – 2022-12-31",
    ]  # fmt: skip


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar(published: str) -> None:
    times_in("999 years ago, 999 decades from now, next week, last year, last night, tomorrow, in May", published)


PIECES = (
    "Monday ", "the ", "May ", "in ", "2010", "-", "19 ", "early ", "at 7", "twenty-", "a couple of ", "\n", " ",
    "will ", "November", "’s ", "and ", "past ", "2024-11-19", " a.m.", "ago", "1", "İ", "٣", "\x00", "\ud800",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map("".join))
def test_any_text(text: str) -> None:
    end = 0
    for t in times_in(text, THURSDAY):
        assert end <= t.start < t.end <= len(text)
        assert text[t.start : t.end] == t.text
        assert t.first <= t.last
        end = t.end


@pytest.mark.parametrize("piece", PIECES)
def test_hostile_texts_take_no_time(piece: str) -> None:
    began = clock.process_time()
    assert len(times_in(piece * (100_000 // len(piece)), THURSDAY)) <= MOST
    assert clock.process_time() - began < 3


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("1989-11-02", date(1989, 11, 2), date(1989, 11, 2)),
        ("1989-11-02T07:40", date(1989, 11, 2), date(1989, 11, 2)),
        ("1989-W44-WE", date(1989, 11, 4), date(1989, 11, 5)),
        ("1989-Q4", date(1989, 10, 1), date(1989, 12, 31)),
        ("1989-WI", date(1989, 12, 1), date(1990, 2, 28)),
        ("198", date(1980, 1, 1), date(1989, 12, 31)),
        ("19", date(1900, 1, 1), date(1999, 12, 31)),
    ],
)
def test_gold_values_as_days(value: str, first: date, last: date) -> None:
    assert days(value) == (first, last)
    assert days("PAST_REF") is days("1989-WXX") is days("P1Y") is None


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("2025-03-04", "2025-03-05", True),
        ("2025-03-04", "2025-03-04T23:00", False),
        ("2025-03-04T23:30-05:00", "2025-03-05T04:35Z", False),
        ("2025-03-05T18:00-05:00", "2025-03-05T20:00-05:00", False),
        ("0001-01-01T00:00:00+01:00", "2025-03-04T00:00:00Z", False),
        ("Jan. 1, 2025", "January 1, 2025", False),
        ("2025-03-04", None, False),
    ],
)
def test_days_of_reports(one: str | None, other: str | None, apart: bool) -> None:
    assert other_day(one, other) is other_day(other, one) is apart
