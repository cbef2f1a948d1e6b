"""What a report's sentence becomes."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

import analysis
from analysis.catalogue import load_catalogue
from analysis.extraction import extract_report
from analysis.reading import report_from_text


def first(text: str) -> dict[str, object]:
    """Give the first figure of a text as a row."""
    row = analysis.extract_text(text).iloc[0]
    return {name: None if pd.isna(value) else value for name, value in row.items()}


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "approx", "unit"),
    [
        ("清理楼道260多栋", 260, 260, 270, "more_than", "栋"),
        ("发放宣传单1.2万余份", 12000, 12000, 13000, "more_than", "份"),
        ("参加居民近千人", 1000, 900, 1000, "nearly", "人"),
        ("清运垃圾约65吨", 65, 58.5, 71.5, "about", "吨"),
        ("清运垃圾7、80袋", 75, 70, 80, "range", "袋"),
        ("每周巡逻3~5次", 4, 3, 5, "range", "次"),
        ("出动二三十人打扫卫生", 25, 20, 30, "range", "人"),
        ("装走垃圾一吨半", 1.5, 1.5, 1.5, "exact", "吨"),
        ("满意率达百分之三十八点五", 38.5, 38.5, 38.5, "exact", "%"),
        ("知晓率95%以上", 95, 95, None, "at_least", "%"),
        ("出动队员上百人清扫", 100, 100, None, "more_than", "人"),
        ("捡走垃圾几十车", None, 20, 90, "about", "车"),
        ("投入资金12亿156万3,000元", 1201563000, 1201563000, 1201563000, "exact", "元"),
        ("清运垃圾1,265吨", 1265, 1265, 1265, "exact", "吨"),
        ("清运垃圾１８．５吨", 18.5, 18.5, 18.5, "exact", "吨"),
        ("清运垃圾 18.5 吨", 18.5, 18.5, 18.5, "exact", "吨"),
        ("拨付工程款12至15万元", 135000, 120000, 150000, "range", "元"),
        ("好评率为八成五", 8.5, 8.5, 8.5, "exact", "成"),
        ("清淤历时6个多小时", 6, 6, 7, "more_than", "小时"),
        ("超过130多个网格", 130, 130, 140, "more_than", "个"),
        ("停运半个多月", 0.5, 0.5, 1, "more_than", "月"),
        ("改造历时两个半月", 2.5, 2.5, 2.5, "exact", "月"),
        ("损失约计185万元", 1850000, 1665000, 2035000, "about", "元"),
        ("单日最高417件", 417, 417, 417, "exact", "件"),
        ("分别完成21.5、6.8万平方米", 215000, 215000, 215000, "exact", "平方米"),
        ("分别为35、42万元", 350000, 350000, 350000, "exact", "元"),
        ("清运800、1.2万吨", 800, 800, 800, "exact", "吨"),
        ("护理补贴提高到200元/人/月", 200, 200, 200, "exact", "元/人/月"),
    ],
)
def test_numbers_have_their_interval(
    text: str, value: float | None, low: float | None, high: float | None, approx: str, unit: str
) -> None:
    """Value, interval, vagueness and unit follow the words."""
    row = first(text)
    assert (row["value"], row["low"], row["high"], row["approx"], row["unit"]) == (
        value,
        low,
        high,
        approx,
        unit,
    )


@pytest.mark.parametrize(
    "text",
    [
        "第一,加强领导", "二是强化责任", "(三)工作措施", "2026年5月3日上午9:30开会", "拨打0570-0000000", "开展除四害活动", "十四五规划", "xx户居民",
        "住3号楼602室", "根据〔2026〕17号文件", "一站式服务", "统一部署", "201*年工作", "打造15分钟生活圈", "第 3 页 共 9 页", "营造了良好氛围",
        "投诉电话:55903318、12345", "3幢2单元楼道", "5日夜间至6日凌晨普降大雨", "6月12日9:30起复查", "上週日(21日)落幕", "排名末三位的", "做到五个“必须”", "请拨打110,", "位于三台路18号", "走进四平社区、四块玉街道", "形成一主一副格局",
        "城市15分钟托育服务圈加快建设", "光荣在党50年",
    ],
)  # fmt: skip
def test_what_is_no_figure_is_refused(text: str) -> None:
    """Ordinals, dates, telephones, slogans, addresses, masks and page numbers are no figures."""
    assert analysis.extract_text(text).empty


@pytest.mark.parametrize(
    ("text", "role", "direction"),
    [
        ("清运垃圾18.5吨", "actual", None),
        ("下月计划清运垃圾20吨", "target", None),
        ("垃圾清运量比上月增加2吨", "change", "up"),
        ("垃圾清运量下降5%", "change", "down"),
        ("群众满意率96%", "share", None),
        ("人均绿地3平方米", "rate", None),
        ("力争满意率由90%提高到95%", "share", None),
        ("每伙派防暑包2份", "rate", None),
        ("每半月检查1次", "rate", None),
        ("便当62个,每个90元", "actual", None),
        ("罚款环比少了19件", "change", "down"),
        ("亩均比上年多打6公斤", "change", "up"),
        ("菸蒂是去年的兩倍", "change", "up"),
        ("新的一年,改造危楼两栋", "target", None),
        ("较预算(195万元)", "target", None),
        ("已完成全年目标1,500户的一部分", "target", None),
        ("投资超年度计划目标13.9%", "share", None),
        ("工程占年度计划的61.8%", "share", None),
        ("新开工5个,完成全年目标45.5%", "actual", None),
        ("完成全年目标45.5%", "share", None),
        ("争取上级资金30万元", "actual", None),
        ("二氧化硫排放量要减少2%", "target", "down"),
        ("采集房屋20.7万套/间", "actual", None),
    ],
)
def test_roles(text: str, role: str, direction: str | None) -> None:
    """Reached, planned, changed, a share or a rate: the words before the number tell."""
    row = first(text)
    assert (row["role"], row["direction"]) == (role, direction)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("经营主体净增98万户、突破1900万户。", ["change", "actual"]),
        ("企业净增3193户、超2.4万户。", ["change", "actual"]),
        ("产量增长40%、达357万辆。", ["change", "actual"]),
        ("新增企业12家、合作社超8家。", ["change", "change"]),
        ("新增低保对象5户9人,退出3户4人。", ["change"] * 4),
        ("分别增长4.1%、超6%。", ["change", "change"]),
    ],
)
def test_a_level_behind_a_change(text: str, roles: list[str]) -> None:
    """What is reached stands behind the change that led there, and is no second change; a list goes on."""
    assert analysis.extract_text(text)["role"].tolist() == roles


def test_households_are_followed_by_their_people() -> None:
    """14035户25559人 is households, then the people of those households."""
    frame = analysis.extract_text("现有居民14035户25559人,低保户21户57人")
    assert frame["indicator"].tolist() == [
        "households",
        "population",
        "low_income_households",
        "low_income_households",
    ]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("现有队员31名、垃圾车6辆、洒水车3辆", ["team_members", "bins_and_toilets", "bins_and_toilets"]),
        ("出动车辆38车次清运垃圾20吨", ["cleanup_vehicle_trips", "garbage_removed"]),
        ("投诉最集中的是噪声(53件)、停车难(41件),两类合计占到七成", ["requests_resolved"] * 3),
        (
            "受理陈情101件,其中违停38件、噪音21件",
            ["requests_resolved", "street_vending_corrected", "requests_resolved"],
        ),
        ("受理投诉126件。其中噪音53件", ["requests_resolved"] * 2),
        ("清出垃圾27吨,比去年的18吨多出五成", ["garbage_removed"] * 3),
        ("完成财税收入611万元,仅占全年任务的41.7%", ["income"] * 2),
        ("312名党员中,领岗位的超过八成", ["party_members"] * 2),
        ("发放补助38万元;发放小额信贷29笔、132万元", ["money_granted", None, None]),
        ("支出81万元,其中环境整治31万元,文体活动18万元", ["money_invested"] * 3),
        ("居民3000户,其中双职工300户,单亲200户", ["households", None, None]),
        ("空置单位66个,当中41个正在翻新", [None, None]),
        ("消防宣导68场次、2840人次", ["events", "event_attendees"]),
        ("全区2357户3702人享受低保", ["low_income_households"] * 2),
        ("全村共有174户701人", ["households", "population"]),
        ("新建菜市场9个,建成20个一刻钟生活圈", ["facilities", None]),
        ("完成路灯安装、3条强弱电网整修", [None]),
        (
            "处方合格率98.6%(较上年提高0.8个百分点),满意度达96%(比上年提高2个百分点)",
            ["coverage_rate"] * 2 + ["satisfaction_rate"] * 2,
        ),
    ],
)
def test_a_figure_takes_over_a_name(text: str, indicators: list[str | None]) -> None:
    """A part, a share, a base, a list in brackets: what names nothing has the name of what it belongs to."""
    assert extract_report(report_from_text(text), load_catalogue())["indicator"] == indicators


def test_a_table_names_its_totals_shares_and_attendances() -> None:
    """A total and a share have the name of their column; who came is named by what the row held."""
    text = "投诉情况表\n类别|件数|占比(%)\n噪音投诉|48|60\n停车投诉|32|40\n合计|80|100\n"
    assert analysis.extract_text(text)["indicator"].tolist() == ["requests_resolved"] * 6
    text = "活动情况表\n活动|场次|参与人次\n健康讲座|3|113\n社区清洁日|12|486\n"
    assert analysis.extract_text(text)["indicator"].tolist() == [
        "events",
        "event_attendees",
        "cleanup_events",
        "cleanup_participations",
    ]


def test_offsets_point_into_the_text_through_noise() -> None:
    """Glosses, spaces and lost words move no offset."""
    text = "樓(lóu)道清理* * *建築260 多 棟,發放宣傳資料6 500份"
    frame = analysis.extract_text(text)
    assert [text[a:b] for a, b in zip(frame["start"], frame["end"], strict=True)] == frame["text"].tolist()
    assert frame["value"].tolist() == [260, 6500]


def test_a_table_in_the_text_gives_its_cells() -> None:
    """Each number of a table is a figure, named by its row, with the unit and period of its headings."""
    text = "2026年7月情况\n| 项目 | 单位 | 7月 | 8月 |\n|---|---|---|---|\n| 清运垃圾 | 吨 | 42.5 | 39.8 |\n| 调解纠纷 | 件 | 5 | - |\n"
    frame = analysis.extract_text(text)
    assert frame["value"].tolist() == [42.5, 39.8, 5]
    assert frame["unit"].tolist() == ["吨", "吨", "件"]
    assert frame["period"].tolist() == ["2026-07", "2026-08", "2026-07"]
    assert frame["cell"].tolist() == ["R1C3", "R1C4", "R2C3"]


def test_periods_are_resolved_against_the_report() -> None:
    """Words of time mean the days that the report's own period gives them."""
    report = report_from_text(
        "2026年6月份工作报告\n\n截至6月底有党员32名。1-5月清运垃圾60吨。本月清运垃圾12吨。下月计划清运垃圾15吨。"
    )
    figures = extract_report(report, load_catalogue())
    assert figures["period"] == ["2026-06-30", "2026-01..2026-05", "2026-06", "2026-07"]
    assert figures["period_start"][0] == date(2026, 6, 30)
    assert figures["role"][-1] == "target"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("周三,检查背街小巷6条。同日,抽测点位5个。", ["周三", "同日"]),
        ("全年计划新改建公路120公里,已完成73.5公里。", ["全年", None]),
        ("1-6月财税收入611万元,占全年任务的41.7%。", ["1-6月", "1-6月"]),
        ("垃圾清运41吨,系近六年来首次下降,收集率98%。", [None, None]),
        ("养鱼今年由去年的两个村扩到5个村。", ["去年的", "今年"]),
        ("再投60万元,对河段2.6公里清淤,11月底前完工。", [None, None]),
        ("拟再投60万元,对河段2.6公里清淤,11月底前完工。", ["11月底前", "11月底前"]),
        ("更换栏杆1400米,已于6月5日竣工。", ["6月5日"]),
        ("4月1日 晴\n发现问题14处。当场整改5处。\n4月3日 阴\n清理杂物2车。", ["4月1日", "4月1日", "4月3日"]),
        ("截至早稻栽插结束,播种面积18640亩。", ["截至早稻栽插结束"]),
        ("下月拟夜巡30次,年底前实现9个村全覆盖。", ["下月", "年底前"]),
        ("年初承诺的33项实事全部完成。", [None]),
        ("完成2023年度6个村建设。走访居民20户。", ["2023年度", None]),
    ],
)
def test_words_that_say_when(text: str, told: list[str | None]) -> None:
    """The words that govern a figure say when; a plan, an aside or the other end of a rise do not."""
    report = report_from_text(f"2026年工作报告\n\n{text}")
    assert extract_report(report, load_catalogue())["period_text"] == told


def test_a_column_in_ten_thousands_has_its_unit_alone() -> None:
    """Under 金额(万元) the value holds the multiplier, and the unit is 元; 参与人次 says its own unit."""
    frame = analysis.extract_text(
        "| 项目 | 金额(万元) | 参与人次 |\n|---|---|---|\n| 服务 | 18.65 | 30 |\n| 讲座 | 12.3 | 45 |\n"
    )
    assert frame["value"].tolist() == [186_500, 30, 123_000, 45]
    assert frame["unit"].tolist() == ["元", "人次", "元", "人次"]


def test_a_caption_in_money_is_of_the_columns_of_money() -> None:
    """Under 单位:元 a column of households or of shares is no money."""
    text = "救助情况表\n单位:元\n| 村 | 户数 | 救助金额 | 占比 | 补助总数 |\n|---|---|---|---|---|\n| 东村 | 12 | 24000 | 20 | 300 |\n"
    units = analysis.extract_text(text)["unit"]
    assert [None if pd.isna(unit) else unit for unit in units] == [None, "元", None, "元"]


def test_what_there_was_by_a_day_is_no_plan() -> None:
    """Behind the task of a sentence, what there was by a day was reached."""
    text = "孤儿保障目标任务为71人,截至6月底共有孤儿63人,累计发放资金37万元"
    assert analysis.extract_text(text)["role"].tolist() == ["target", "actual", "actual"]


def test_what_is_foreseen_ends_where_a_clause_states_no_number() -> None:
    """预计 rules the list of numbers behind it, not what stands behind a clause of another kind."""
    text = "预计零售额增长4%,带动消费300亿元,文化活动有声有色,接待游客20万人次"
    assert analysis.extract_text(text)["role"].tolist() == ["target", "target", "actual"]
    text = "总收入预计达12387万元,同比增长15%,部门支出542万元,增长10%"
    assert analysis.extract_text(text)["role"].tolist() == ["target", "target", "actual", "change"]


def test_behind_the_goals_of_the_year_a_chapter_is_of_plans() -> None:
    """In a report to a congress what stands behind the year's goals in their chapter is planned, what stood before is not."""
    text = (
        "2025年省政府工作报告\n\n现在,我代表省人民政府,向大会报告工作。\n\n一、牢记嘱托\n新建公园3处。\n\n"
        "二、牢记使命\n今年发展的主要预期目标是:生产总值增长5%。\n建成养老机构20个。\n\n三、自身建设\n开展培训6场。\n"
    )
    roles = extract_report(report_from_text(text), load_catalogue())["role"]
    assert roles == ["actual", "target", "target", "actual"]


def test_a_sentence_said_twice_is_counted_once() -> None:
    """The second of two equal sentences is marked as a duplicate of the first."""
    frame = analysis.extract_text("清运垃圾18.5吨。走访居民30户。清运垃圾18.5吨。")
    assert frame["duplicate_of"].isna().tolist() == [True, True, False]
    assert frame["duplicate_of"].iloc[2] == frame["figure_id"].iloc[0]


def test_a_digit_stripped_number_is_missing_not_zero() -> None:
    """A mask or a number that lost its digits gives no figure."""
    assert analysis.extract_text("投入经费__万元,清运垃圾xx吨,新增就业****人").empty


def test_a_sentence_without_figures_changes_nothing() -> None:
    """Inserting prose without figures, periods or places moves offsets and nothing else."""
    plain = "清运垃圾18.5吨。走访居民30户。"
    padded = "清运垃圾18.5吨。大家都很高兴。走访居民30户。"
    a, b = analysis.extract_text(plain), analysis.extract_text(padded)
    moved = {"figure_id", "report_id", "start", "end", "block"}
    kept = [c for c in a.columns if c not in moved]
    assert a[kept].equals(b[kept])
