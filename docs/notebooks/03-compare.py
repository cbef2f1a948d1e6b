# %% [markdown]
# # 三、兩期比較
#
# 本期與對照期，各地與合計。能說增減的才說，不能說的寫明原因。 *A period against a baseline, all places.*

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
comparisons = ws.tables.comparisons
f"{ws.period} 對照 {ws.baseline}：{len(comparisons)} 行"

# %% [markdown]
# ## 總覽
#
# 從兩端看起：變化最大的在最上和最下。合計只加兩期可比的地方；空心的是約數，說不準增減。

# %%
ws.draw(charts.overview, comparisons)

# %% [markdown]
# ## 變化最清楚的指標
#
# 先是變化最清楚的一項：斜線看各地的名次有沒有交叉，堆疊條看合計主要由誰構成，約數與缺報的地方不在其中或寫成範圍。
#
# 其後每圖一個指標，每行一個地方，空心到實心就是變化；誤差線跨過另一點的，只能說「無法判定」。

# %%
clearest = ws.most_changed(limit=6)
for indicator in clearest[:1]:
    display(ws.draw(charts.slope, comparisons, indicator))
    display(ws.draw(charts.composition, ws.tables.observations, indicator, period=ws.period))
for indicator in clearest:
    display(ws.draw(charts.change, comparisons, indicator))

# %% [markdown]
# ## 合計變化表
#
# 先看 `verdict` 一欄，再看 `coverage`：只有 3/5 處報了數的合計，不能當全體。

# %%
import pandas as pd

pd.set_option("display.max_rows", 200, "display.max_colwidth", None)
pd.set_option("display.float_format", "{:,.12g}".format)
shown = ws.told(comparisons)
numbers = ["value", "baseline_value", "change", "percent"]
coverage = ["coverage", "baseline_coverage"]
columns = ["indicator", "series", "unit", *numbers, *coverage, "verdict", "reason"]
totals = shown.loc[shown["row_kind"] == "total", columns].round({"percent": 1})
totals.reset_index(drop=True).astype(object).fillna("")

# %% [markdown]
# ## 不能比較的，與原因；缺報、遲報與修訂
#
# 同一原因出現很多次時，值得請那裡的人補報或改口徑。後來的報告改過的舊數，一併列出。
#
# 最後一表是報告裡與自己的數字對不上的、異常的，和怎樣才一致；嚴重的先處理。

# %%
unclear = shown[(shown["row_kind"] == "place") & comparisons["verdict"].isin(["missing", "not_comparable"])]
print(f"共 {len(unclear)} 行，列出前 60 行")
display(unclear[["place", "indicator", "series", "verdict", "reason"]].head(60).astype(object).fillna(""))
expected = ws.tables.expected
display(
    ws.told(expected.loc[expected["state"] != "received", ["place", "period", "state", "days"]])
    .astype(object)
    .fillna("")
)
revised = ws.told(ws.tables.revisions)
display(
    revised[["indicator", "place", "period", "previous_value", "value", "unit", "vintage", "path"]]
    .astype(object)
    .fillna("")
)
ws.findings().head(60)
