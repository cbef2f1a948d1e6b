# %% [markdown]
# # 一、報告清點
#
# 讀了哪些報告，各說了多少數字，哪些數字還沒有歸到指標。 *What was read, and what found no indicator.*

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
f"報告 {len(tables.reports)} 份，數字 {len(tables.figures)} 個，本期 {ws.period}，對照 {ws.baseline}"

# %% [markdown]
# ## 哪裡、哪月有報告
#
# 先找空白格：那是缺報，不是零。再看顏色特別淺的一格：那份報告說的數字少得反常，值得打開看看。

# %%
ws.draw(charts.coverage, tables.reports, tables.figures)

# %% [markdown]
# ## 沒有讀到或用不上的檔案
#
# 左邊是讀不出的檔案，右邊的做法照著做即可；沒有寫明地方或時間的報告不計入任何合計。

# %%
import pandas as pd

gaps = ws.left_out()
"每個檔案都讀到了，也都用上了。" if gaps.empty else gaps

# %% [markdown]
# ## 各指標有多少數字
#
# 看排在最後的指標：只有一兩個數字的，多半是某份報告換了說法。

# %%
counts = ws.told(tables.figures).groupby("indicator")
counts = counts.agg(figures=("figure_id", "size"), reports=("report_id", "nunique"))
counts.sort_values(["figures", "reports"], ascending=False, kind="stable").reset_index()

# %% [markdown]
# ## 沒有歸到指標的數字
#
# 每個數字都附原句。同一類數字反覆出現，就值得在 `analysis.toml` 裡加一個指標（見 CONTRIBUTING 第一節）。

# %%
unnamed = tables.figures[tables.figures["indicator"].isna()]
unnamed = unnamed.merge(tables.reports[["report_id", "path"]], on="report_id")
pd.set_option("display.max_colwidth", None)
print(f"共 {len(unnamed)} 個，列出前 60 個")
unnamed[["path", "text", "subject", "sentence"]].astype(object).fillna("").head(60)
