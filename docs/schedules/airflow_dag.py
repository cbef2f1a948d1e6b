"""The monthly run in Airflow: all of it with one command, then one notebook more with the papermill operator.

`analysis run` knows by itself what is due. The second task shows how a notebook of one's own is run by
Airflow's papermill provider; it checks its parameters by its own first call. Copy
this file to the dags folder, and set PROJECT.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from airflow.providers.papermill.operators.papermill import PapermillOperator
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

PROJECT = "/srv/reports"

with DAG(
    dag_id="work_reports",
    schedule="15 2 * * *",
    start_date=datetime(2026, 1, 1),  # noqa: DTZ001 - Airflow takes its own time zone
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=10)},
) as dag:
    analysis_run = BashOperator(
        task_id="analysis_run",
        bash_command=f"{PROJECT}/.venv/bin/analysis run --project {PROJECT}",
    )
    compare_last_year = PapermillOperator(
        task_id="compare_last_year",
        input_nb=f"{PROJECT}/notebooks/03-compare.ipynb",
        output_nb=f"{PROJECT}/reports/last-year.ipynb",
        parameters={"project": PROJECT, "baseline": "last-year"},
    )
    analysis_run >> compare_last_year
