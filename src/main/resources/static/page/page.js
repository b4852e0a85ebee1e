// What the page gains by a script: times in the reader's own zone, a chart out of the table below it, and one tick for all.
(() => {
  "use strict";

  const inOwnZone = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

  function showTimes(root) {
    for (const time of root.querySelectorAll("time[datetime]")) {
      const at = new Date(time.dateTime);
      if (!Number.isNaN(at.getTime()) && time.dateTime && !time.title) {
        time.title = time.textContent;
        time.textContent = inOwnZone.format(at);
      }
    }
  }

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function drawChart(table) {
    const canvas = document.getElementById(table.dataset.chart);
    const headings = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
    const rows = [...table.tBodies[0].rows].reverse();
    const numbers = (heading) => rows.map((row) => Number(row.cells[headings.indexOf(heading)].textContent));
    const text = colour("--pico-color");
    const axis = { stacked: true, grid: { color: colour("--pico-muted-border-color") }, ticks: { color: text, precision: 0 } };
    canvas.parentElement.hidden = false;
    return new Chart(canvas, {
      type: "bar",
      data: {
        labels: rows.map((row) => `run ${row.cells[0].textContent.trim()}`),
        datasets: [
          { label: "done", data: numbers("Done"), backgroundColor: colour("--good"), maxBarThickness: 48 },
          { label: "dead letters", data: numbers("Dead letters"), backgroundColor: colour("--bad"), maxBarThickness: 48 },
        ],
      },
      options: {
        animation: false, maintainAspectRatio: false,
        plugins: { legend: { labels: { color: text } } },
        scales: { x: axis, y: { ...axis, beginAtZero: true } },
      },
    });
  }

  function drawCharts() {
    const charts = [...document.querySelectorAll("table[data-chart]")].map(drawChart);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      charts.splice(0).forEach((chart) => chart.destroy());
      charts.push(...[...document.querySelectorAll("table[data-chart]")].map(drawChart));
    });
  }

  function tickAll(box) {
    box.hidden = false;
    box.addEventListener("change", () => {
      for (const each of document.getElementsByName(box.dataset.tick)) {
        each.checked = box.checked;
      }
    });
  }

  showTimes(document);
  document.querySelectorAll(".local-times").forEach((each) => { each.hidden = false; });
  document.querySelectorAll("[data-tick]").forEach(tickAll);
  document.body.addEventListener("htmx:afterSwap", (event) => showTimes(event.target));
  drawCharts();
})();
