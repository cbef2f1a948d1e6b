# %% [markdown]
# # 零、從這裡開始：自己的一個問題
#
# *Copy this notebook for a question of your own: five calls are all you need.*
#
# 複製成另一個名字再改，例如 `draft-垃圾.ipynb`。`analysis run` 每期只執行名字以 `01-` 到 `99-` 開頭的筆記本；這一份（`00-`）和其他名字的都不會自動執行。問題值得每期都看，就改名為 `05-垃圾.ipynb`。
#
# 下面以清運垃圾為例，換上 01-reports 裡列出的任何一個指標即可。

# %% tags=["parameters"]
project: "path" = "."  # 專案資料夾 a folder in the project
period: "period" = None  # 本期，如 2026-08；不填就是最新的一期 the newest without it
baseline: "period" = None  # 對照期；不填就是前一期 the one before without it
place: "place" = None  # 地方，名稱或編號；不填就是第一處 the first without it
locale: "locale" = None  # zh-Hant, zh-Hans, en

# %% [markdown]
# ## 第一步：打開專案
#
# `analysis.notebook` 先把表更新到最新，再給出本期、對照期與全部的表（`ws.tables`）。

# %%
import analysis
from analysis import charts

ws = analysis.notebook(project, period, baseline, place, locale)
indicator = "garbage_removed"
f"本期 {ws.period}，對照 {ws.baseline}，{len(ws.tables.observations)} 個觀測"

# %% [markdown]
# ## 第二步：看全表
#
# `analysis.pivot` 把觀測排成地方與指標一行、時期一列；空白是沒有報，不是零。

# %%
stated = ws.tables.observations[ws.tables.observations["indicator"] == indicator]
analysis.pivot(stated)

# %% [markdown]
# ## 第三步：畫圖
#
# `ws.draw` 畫一張圖並存進本期的 `charts`；先看走勢有沒有斷開，再看兩期的變化能不能下結論。`charts` 裡還有 `composition`、`slope`、`cleanup`、`key_figures`、`overview`、`coverage`。

# %%
display(ws.draw(charts.trend, ws.tables.observations, indicator, until=ws.period))
ws.draw(charts.change, ws.tables.comparisons, indicator)

# %% [markdown]
# ## 第四、五步：下結論之前，查回原句
#
# `analysis.search` 找出說到它的句子，`analysis.show` 給出一個數字在報告裡的原句與位置。

# %%
import pandas as pd

pd.set_option("display.max_colwidth", None)
ids = stated.loc[stated["period"] == ws.period, "figure_ids"]
for figure in ids.str.split(";").explode().dropna().head(2):
    print("\n".join(analysis.show(figure, ws.project.root).lines()))
analysis.search("垃圾", project=ws.project.root).head(8)
