"""What a figure takes from where it stands: its heading, its paragraph, its list, the brackets around it."""

from __future__ import annotations

import pandas as pd
import pytest

import analysis


def figures(text: str) -> pd.DataFrame:
    """Give the figures of a text by their own text."""
    return analysis.extract_text(text).set_index("text")


CONGRESS = "2025年政府工作报告\n——向大会作报告,请予审议。\n\n{}\n新建公园20座。\n"


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("一、2024年工作回顾", "actual"),
        ("二、2025年重点工作", "target"),
        ("三、今年主要工作", "target"),
        ("2025年省十件民生实事", "target"),
        ("\u2003\u2003二、2025年主要任务", "target"),
        ("2024年工作情况", "actual"),
    ],
)
def test_a_heading_of_the_coming_year_plans(heading: str, role: str) -> None:
    """In a report to a congress what stands under its own year is planned, whatever the blanks before the heading."""
    assert figures(CONGRESS.format(heading)).loc["20座", "role"] == role


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("四季度", "2024-Q4"),
        ("迎峰度夏期间", "2024"),
        ("年初承诺的实事全部办结,", "2024"),
        ("今年一季度", "2025-Q1"),
        ("2025年一季度", "2025-Q1"),
        ("60年来", "1965..2024"),
    ],
)
def test_a_quarter_under_review_was_in_the_year_before(words: str, period: str) -> None:
    """A report given early in its year reviews the quarters of the year before, unless it names a year."""
    text = (
        f"2025年政府工作报告\n——2025年1月15日向大会作报告,请予审议。\n\n一年来,工作如下:\n{words}走访30户。\n"
    )
    assert figures(text).loc["30户", "period"] == period


def test_the_next_year_of_a_yearly_report_is_planned() -> None:
    """A report on a year that has a section on the next one plans there."""
    found = figures(
        "青山社区2025年工作总结\n\n一、工作情况\n走访居民30户。\n\n二、2026年工作\n走访居民50户。\n"
    )
    assert found["role"].to_dict() == {"30户": "actual", "50户": "target"}


def test_a_second_title_begins_another_report() -> None:
    """Two reports in one text: the plan that ends the first does not reach into the second."""
    one = "青山社区2026年3月工作报告\n\n走访居民30户。\n\n下月计划:走访居民50户。\n\n"
    assert analysis.extract_text(one + one)["role"].tolist() == ["actual", "target"] * 2


def test_the_last_words_of_time_rule_the_rest_of_a_paragraph() -> None:
    """A sentence without a time of its own has that of the last sentence that begins with one."""
    text = "2026年7月青山社区工作报告\n\n上半年清运垃圾30吨。本月清理楼道8栋。走访居民20户。\n"
    assert figures(text)["period_text"].to_dict() == {"30吨": "上半年", "8栋": "本月", "20户": "本月"}


def test_what_growth_builds_on_is_no_time_of_its_own() -> None:
    """A year on whose growth another year builds says nothing of what follows."""
    text = "2026年青山镇工作报告\n\n在2024年快速增长的基础上,2025年经济继续发展。清运垃圾30吨。\n"
    assert figures(text).loc["30吨", "period_text"] == "2025年"


def test_words_in_brackets_rule_only_there() -> None:
    """A base of comparison in brackets is not the time of what follows."""
    text = "青山社区2026年第3季工作报告\n\n本季清運垃圾612噸(2025年同期為658噸),減少46噸。\n"
    assert figures(text).loc["46噸", "period_text"] == "本季"


@pytest.mark.parametrize(
    ("rest", "indicator"),
    [
        (",同比增长5%", "member_units"),
        (",按可比价格计算比上年实际增长5%", "member_units"),
        (",实际使用外资增长5%", None),
        (",快递业务量同比增长5%", None),
    ],
)
def test_a_change_is_of_what_its_own_words_name(rest: str, indicator: str | None) -> None:
    """A growth takes the name before it unless its own words say what grew."""
    found = figures(f"新设企业792家{rest}。")["indicator"]
    assert (None if pd.isna(found["5%"]) else found["5%"]) == indicator


def test_what_is_expected_of_the_past_year_is_of_it() -> None:
    """What a report expects of the year it reviews has that year; what it expects of its own year, its own."""
    text = "2025年政府工作报告\n——向大会作报告,请予审议。\n\n一、工作回顾\n一年来,预计走访30户。\n\n二、今年主要任务\n走访50户。\n"
    assert figures(text)["period"].to_dict() == {"30户": "2024", "50户": "2025"}


def test_a_share_behind_a_growth_is_a_share() -> None:
    """Of 增长5%、占全省18% the second is a share of what grew, no growth."""
    found = figures("新设企业792家、占全省1/10,志愿者增长5%、占全省18%。")
    assert found["role"].to_dict() == {"792家": "actual", "1/10": "share", "5%": "change", "18%": "share"}
    assert list(found["indicator"]) == ["member_units", "member_units", "volunteers", "volunteers"]


def test_a_share_takes_no_rate_from_before_it() -> None:
    """A share that its own words say to be of something else is none of the rate that stands before it."""
    found = figures("自来水普及率97.7%,薄弱村降至3.1%。")["indicator"]
    assert found["97.7%"] == "coverage_rate"
    assert pd.isna(found["3.1%"])


def test_the_last_years_are_those_of_one_thing() -> None:
    """近两年 is the time of its own sentence; 近两年来 goes on for those behind it."""
    text = "青山社区2026年工作总结\n\n近两年{}搬入新居80户。整治楼道30栋。\n"
    assert figures(text.format(""))["period"].to_dict() == {"80户": "2025..2026", "30栋": "2026"}
    assert figures(text.format("来,"))["period"].to_dict() == {"80户": "2025..2026", "30栋": "2025..2026"}


def test_words_of_an_item_rule_only_there() -> None:
    """What says when in one item of a line says nothing of the next."""
    text = "10月份将做好以下工作:1.国庆期间检查商户80家次;2.拆除违建2处。"
    assert figures(text)["period_text"].to_dict() == {"80家次": "国庆期间", "2处": "10月份"}


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("惠及500万各族群众", 5_000_000, None), ("增长19·5%", 19.5, "%"), ("占全国1/10以上", 0.1, None), ("近万家企业参加", 10_000, "家"),
        ("签约1860人", 1860, "人"), ("产量5万千升", 50_000, "千升"), ("绿化200多 m2", 200, "m2"), ("服務 33 223 名長者", 33_223, "名"),
        ("销售额同比+5.2%", 5.2, "%"), ("食肆40間", 40, "間"), ("三百多村民到场", 300, None), ("获得3金,", 3, None), ("全年开放289日,", 289, "日"),
        ("完成100校裝設", 100, "校"),
    ],
)  # fmt: skip
def test_more_ways_to_write_a_number(text: str, value: float, unit: str | None) -> None:
    """Raised points, spaces, signs and numbers of millions without a unit are read as they are meant."""
    (row,) = analysis.extract_text(text).to_dict("records")
    assert row["value"] == pytest.approx(value)
    assert (row["unit"] if isinstance(row["unit"], str) else None) == unit


@pytest.mark.parametrize(
    "text",
    [
        "7·21特大暴雨", "突破3万亿大关", "增加关键零部件", "二轮延包", "推进机场四期扩建", "省委十一届四次全会",
        "附件2", "保持两位数增长", "居全省前三位",
    ],
)  # fmt: skip
def test_more_numbers_that_count_nothing(text: str) -> None:
    """Dates with a raised point, sizes in names, phases and sessions are no figures."""
    assert analysis.extract_text(text).empty


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("社区清洗果皮箱86个", None), ("下辖社区12个", "compounds"), ("志愿者占常住人口3%", "volunteers"), ("每千人口护士数达到4.3人", None),
        ("城镇调查失业率5.1%", None), ("一般公共预算收入增长3.1%", "income"), ("核发奖学金,国中生105名、高中生27名,合计29万元", "money_granted"),
    ],
)  # fmt: skip
def test_what_is_counted(text: str, indicator: str | None) -> None:
    """A place that acts, a whole that shares are of and a denominator are not what is counted."""
    told = analysis.extract_text(text)["indicator"].iloc[-1]
    assert (told if isinstance(told, str) else None) == indicator


def test_the_words_that_lead_a_row_of_headings_rule_all_its_sections() -> None:
    """What leads 一、二、三、 says when for every one of them, unless a section says so itself."""
    text = "青山村工作小记\n\n家底不厚,三月里干了这么几件事:\n\n一、环境\n清运垃圾30吨。\n\n二、民生\n走访居民20户。上月发放棉被8床。\n"
    assert figures(text)["period_text"].to_dict() == {"30吨": "三月里", "20户": "三月里", "8床": "上月"}


def test_a_day_rules_its_own_sentence_only_where_something_wider_is_said() -> None:
    """The day of an event is no time of the sentences behind it, but where nothing else says when."""
    event = "3月9日组织大扫除2场。清运垃圾30吨。"
    wide = figures(f"青山村总结\n\n今年以来,全村动手。{event}\n")
    alone = figures(f"青山村消息\n\n{event}\n")
    assert wide["period_text"].to_dict() == {"2场": "3月9日", "30吨": "今年以来"}
    assert alone["period_text"].to_dict() == {"2场": "3月9日", "30吨": "3月9日"}


def test_a_colon_makes_words_of_time_rule_the_list_behind_it() -> None:
    """Under 四月打算: a feast is the time of its own clause alone; its days are those of the month."""
    found = figures("青山村2026年3月工作报告\n\n四月打算:谷雨前栽树300棵,改厕20户。\n")
    assert found["period_text"].to_dict() == {"300棵": "谷雨前", "20户": "四月"}
    assert found["period"].tolist() == ["2026-04", "2026-04"]


def test_words_in_brackets_behind_a_figure_say_when_it_was() -> None:
    """党员32名(截至6月底) holds at that day."""
    assert figures("上半年发展党员32名(截至6月底)。")["period_text"].tolist() == ["截至6月底"]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("新增垃圾桶5个,参与住户由620户升至1084户", ["bins_and_toilets", None, None]),
        ("完成项目包括避雨亭两个、长椅32张", ["fixtures_installed", "fixtures_installed"]),
        ("“四上”企业净增4家、总数达37家", ["member_units", "member_units"]),
        ("力争一般公共预算收入突破2.4亿元,增幅不低于8%", ["income", "income"]),
        ("合作社分红17.8万元,户均1300元,最多的一户拿了3860元", ["income"] * 3),
    ],
)
def test_the_nearest_noun_says_what_is_counted(text: str, indicators: list[str | None]) -> None:
    """A noun right before a number counts, even without a name; words that add nothing take over what was said."""
    found = analysis.extract_text(text)["indicator"]
    assert [None if pd.isna(i) else i for i in found] == indicators


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("建成100个“美丽街区”。", ["“美丽街区”"]),
        ("一般公共预算收入完成1.26亿元,同比增长7.4%", ["一般公共预算收入", "一般公共预算收入"]),
        ("全年旅客吞吐量达8500万人次,突破8700万人次", ["全年旅客吞吐量", "全年旅客吞吐量"]),
        ("形成“一轴两带”,清运垃圾30吨", ["清运垃圾"]),
    ],
)
def test_a_deed_alone_is_no_subject(text: str, subjects: list[str]) -> None:
    """What was done is no subject; it stands behind the number, or in the clause before."""
    assert analysis.extract_text(text)["subject"].tolist() == subjects
