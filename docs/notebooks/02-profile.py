# %% [markdown]
# # 二、一地概況
#
# 一個地方的關鍵數字，以及它們逐期的走勢。`analysis run` 為每個地方各執行一次。 *One place: key figures and trends.*

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
tables = ws.tables
f"{ws.place_name}：截至 {ws.period}"

# %% [markdown]
# ## 關鍵數字
#
# 看每個小圖最後一點與前一點的差別；帶豎線的是「多」「餘」「近」一類約數，豎線重疊時不要說增減。

# %%
ws.draw(
    charts.key_figures,
    tables.observations,
    ws.place,
    until=ws.period,
    comparisons=tables.comparisons,
)

# %% [markdown]
# ## 走勢
#
# 看線是否斷開（缺報的一期不連線），以及有沒有一期忽高忽低：先查原句，再下結論。

# %%
for indicator in ws.often_stated(place=ws.place, limit=4):
    chart = ws.draw(
        charts.trend,
        tables.observations,
        indicator,
        place=ws.place,
        until=ws.period,
        comparisons=tables.comparisons,
    )
    display(chart)

# %% [markdown]
# ## 這一期採用的數字與原句
#
# 同一件事說了兩遍時，這裡只列採用的那一個；每一行都可以用 `analysis show 編號` 查到原文位置。

# %%
import pandas as pd

from analysis.comparison import in_period

pd.set_option("display.max_colwidth", None, "display.max_rows", 200)
chosen = in_period(tables.observations, ws.period)
chosen = chosen[chosen["place_id"] == ws.place]
stated = tables.figures[["figure_id", "text", "sentence"]]
chosen = chosen.merge(stated, left_on="figure_ids", right_on="figure_id")
chosen = ws.told(chosen)
chosen[["figure_id", "indicator", "series", "text", "sentence"]].astype(object).fillna("")
