// What the page gains by a script: times in the reader's own zone, a chart out of the table below it, one tick for all, and files and copies.
(() => {
  "use strict";

  const inOwnZone = new Intl.DateTimeFormat(undefined, {
    year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
  });

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

  function drawChart(region) {
    const table = region.querySelector("table");
    const canvas = document.getElementById(region.dataset.chart);
    const headings = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
    const rows = [...table.tBodies[0].rows].reverse();
    const numbers = (heading) => rows.map((row) => Number(row.cells[headings.indexOf(heading)].textContent));
    if (![...numbers("Done"), ...numbers("Dead letters")].some((number) => number > 0)) {
      return { destroy() {} };
    }
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
    const charts = [...document.querySelectorAll("[data-chart]")].map(drawChart);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      charts.splice(0).forEach((chart) => chart.destroy());
      charts.push(...[...document.querySelectorAll("[data-chart]")].map(drawChart));
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

  // the file is sent as the text of a form, which the connector bounds and reads only after the login
  function takeFile(input) {
    input.closest("label").hidden = false;
    input.addEventListener("change", async () => {
      const text = document.getElementById(input.dataset.into);
      text.value = input.files.length ? await input.files[0].slice(0, Number(text.dataset.most) + 1).text() : "";
      text.dispatchEvent(new Event("input"));
    });
  }

  function bound(text) {
    text.addEventListener("input", () => {
      const length = new URLSearchParams({ csv: text.value }).toString().length;
      text.setCustomValidity(length > Number(text.dataset.most) ? "This is too much at once: split the file." : "");
      text.reportValidity();
    });
  }

  function copies(button) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = document.getElementById(button.dataset.copy);
      text.select();
      if (navigator.clipboard) {
        await navigator.clipboard.writeText(text.value);
      } else {
        document.execCommand("copy");
      }
      button.textContent = "Copied";
    });
  }

  function sayWhetherItScrolls() {
    for (const each of document.querySelectorAll(".wide")) {
      each.classList.toggle("fits", each.scrollWidth <= each.clientWidth);
    }
  }

  showTimes(document);
  sayWhetherItScrolls();
  addEventListener("resize", sayWhetherItScrolls);
  document.querySelectorAll("[data-into]").forEach(takeFile);
  document.querySelectorAll("[data-most]").forEach(bound);
  document.querySelectorAll("[data-copy]").forEach(copies);
  document.querySelectorAll(".local-times").forEach((each) => { each.hidden = false; });
  document.querySelectorAll("[data-tick]").forEach(tickAll);
  document.body.addEventListener("htmx:afterSwap", (event) => showTimes(event.target));
  drawCharts();
})();
