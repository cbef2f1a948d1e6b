# %% [markdown]
# # 四、簡報素材
#
# 可以直接放進本月簡報的幾句話與幾張圖；每句話後面都有數字的編號，可以查回原句。 *Sentences and charts for the briefing.*

# %% tags=["parameters"]
project: "path" = "."  # 專案資料夾 a folder in the project
period: "period" = None  # 本期，如 2026-08；不填就是最新的一期 the newest without it
baseline: "period" = None  # 對照期；不填就是前一期 the one before without it
place: "place" = None  # 地方，名稱或編號；不填就是第一處 the first without it
locale: "locale" = None  # zh-Hant, zh-Hans, en

# %%
import analysis
from analysis import charts

ws = analysis.notebook(project, period, baseline, place, locale)
from IPython.display import Markdown

from analysis.briefing import headlines

names = {"indicators": ws.tables.indicators, "places": ws.tables.places, "locale": ws.locale}
f"{ws.project.name}：{ws.period} 對照 {ws.baseline}"

# %% [markdown]
# ## 要點
#
# 先說得出增減的，後說持平與無法判定的；每句都帶範圍與已報的地方數，缺報或口徑不同的不在內。

# %%
found = headlines(ws.tables.comparisons, **names, limit=8)
Markdown("\n".join(f"- {sentence}" for sentence in found["sentence"]) or "本期沒有可以下結論的變化。")

# %% [markdown]
# ## 一張總覽
#
# 看哪些指標離中線最遠：這是會上最先被問到的。

# %%
ws.draw(charts.overview, ws.tables.comparisons)

# %% [markdown]
# ## 清潔行動，與幾張走勢
#
# 先看清潔行動：每行一項、各有單位，只比同一行的灰條與藍條，不要拿次數和噸數比長短。
#
# 再看走勢：本期這一點是延續，還是突然轉折；突然轉折的先核對原句。

# %%
display(ws.draw(charts.cleanup, ws.tables.comparisons))
for indicator in ws.most_changed(limit=3):
    chart = ws.draw(
        charts.trend,
        ws.tables.observations,
        indicator,
        until=ws.period,
        comparisons=ws.tables.comparisons,
    )
    display(chart)

# %% [markdown]
# ## 查回原句
#
# 下表把每句話連到它所依據的數字編號；在命令列用 `analysis show 編號` 看原文。
#
# 再下一表是發簡報之前要先核對的；嚴重的一條也不留，才發出去。

# %%
import pandas as pd

pd.set_option("display.max_colwidth", None)
display(ws.told(found[["sentence", "verdict", "coverage", "figure_ids"]]).astype(object).fillna(""))
ws.findings(notes=False)
