"""Style and behaviour of the summary's page: no more than fits a file that stands alone."""

STYLE = """
:root{color-scheme:light dark;--ink:#1c2330;--soft:#5b6577;--line:#c9d0dc;--paper:#fff;--box:#f4f6fa;
--info:#2f6fde;--warning:#b86e00;--error:#c62828;--chosen:#ffe9a8}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9f0;--soft:#9aa5b8;--line:#3a4354;--paper:#151a22;
--box:#202736;--info:#7aa7ff;--warning:#f0a940;--error:#ff7b72;--chosen:#574a1d}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1800px;padding:1rem 1.5rem;background:var(--paper);color:var(--ink);
font:14px/1.45 system-ui,sans-serif}
h1{font-size:1.2rem;margin:.2rem 0}h2{font-size:1.1rem;margin:1rem 0 .3rem}
.soft{color:var(--soft)}
nav{display:flex;flex-wrap:wrap;gap:.4rem;margin:.8rem 0}
nav a{padding:.25rem .7rem;border:1px solid var(--line);border-radius:6px;color:inherit;text-decoration:none}
nav a[aria-current]{background:var(--box);font-weight:600}
.columns{display:grid;grid-template-columns:minmax(320px,2fr) 3fr;gap:1.2rem;align-items:start}
figure{margin:0;position:sticky;top:.5rem}
.view{height:82vh;overflow:hidden;border:1px solid var(--line);border-radius:8px;cursor:grab;touch-action:none}
.view svg{width:100%;height:100%;display:block}
.tools{display:flex;gap:.4rem;margin:.3rem 0}
button{font:inherit;padding:.1rem .7rem;border:1px solid var(--line);border-radius:6px;background:var(--box);
color:inherit;cursor:pointer}
svg text{font:12px system-ui,sans-serif;fill:var(--ink)}svg .kind{fill:var(--soft);font-size:11px}
svg .name{font-weight:600}svg rect{fill:var(--box);stroke:var(--line)}
svg .edge{fill:none;stroke:var(--soft);stroke-width:1.2}
svg .box{cursor:pointer;outline:none}svg .chosen rect,svg .box:focus rect{fill:var(--chosen)}
svg .hazard rect{stroke-width:2}svg .mark{fill:#fff;text-anchor:middle;font-weight:700;font-size:11px}
.info rect{stroke:var(--info)}.warning rect{stroke:var(--warning)}.error rect{stroke:var(--error)}
.info circle{fill:var(--info)}.warning circle{fill:var(--warning)}.error circle{fill:var(--error)}
table{border-collapse:collapse;width:100%}
th,td{padding:.3rem .5rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
thead th{border-bottom:2px solid var(--line)}td.number,th.number{text-align:right}
td.number,td.shape{white-space:nowrap}
tbody tr{cursor:pointer}tr.chosen td{background:var(--chosen)}
tr.inner td{color:var(--soft)}code{font:12px ui-monospace,monospace}
.given{font-weight:600}.resolved{font-style:italic;text-decoration:underline dotted}
p.hazard{margin:.15rem 0;padding-left:.5rem;border-left:3px solid}
p.info{border-color:var(--info)}p.warning{border-color:var(--warning)}p.error{border-color:var(--error)}
ul.ends{margin:.2rem 0;padding-left:1.2rem}
@media(max-width:1000px){.columns{grid-template-columns:1fr}figure{position:static}.view{height:60vh}}
@media print{:root{--ink:#000;--soft:#444;--paper:#fff;--box:#fff;--line:#999}nav,.tools{display:none}
section{display:block!important;break-after:page}.columns{display:block}figure{position:static}
.view{height:auto;border:0}.view svg{height:auto;max-height:95vh}}
"""

SCRIPT = """
"use strict";
const sections = [...document.querySelectorAll("section")], tabs = [...document.querySelectorAll("nav a")];
function open(id) {
  const shown = sections.find(one => one.id === id) || sections[0];
  for (const one of sections) one.style.display = one === shown ? "" : "none";
  for (const tab of tabs) {
    if (tab.hash === "#" + shown.id) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  setTimeout(() => scrollTo(0, 0));
}
for (const section of sections) {
  const svg = section.querySelector("svg.graph");
  if (!svg) continue;
  const whole = svg.getAttribute("viewBox").split(" ").map(Number);
  let box = whole.slice();
  const show = () => svg.setAttribute("viewBox", box.join(" "));
  const scale = () => Math.max(box[2] / svg.clientWidth, box[3] / svg.clientHeight);
  const zoom = (factor, x, y) => {
    box = [x - (x - box[0]) * factor, y - (y - box[1]) * factor, box[2] * factor, box[3] * factor];
    show();
  };
  const middle = () => [box[0] + box[2] / 2, box[1] + box[3] / 2];
  const close = () => {
    const ratio = svg.clientHeight / svg.clientWidth;
    const width = Math.max(Math.min(whole[2], 640), svg.clientWidth);
    box = [whole[0] + (whole[2] - width) / 2, whole[1], width, width * ratio];
    show();
  };
  svg.removeAttribute("width"); svg.removeAttribute("height");
  if (whole[3] > 1500 || whole[2] < svg.clientWidth) close();
  svg.addEventListener("wheel", event => {
    event.preventDefault();
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, at.x, at.y);
  }, {passive: false});
  let from = null;
  svg.addEventListener("pointerdown", event => { from = [event.clientX, event.clientY]; });
  addEventListener("pointerup", () => { from = null; });
  svg.addEventListener("pointermove", event => {
    if (!from) return;
    box[0] -= (event.clientX - from[0]) * scale(); box[1] -= (event.clientY - from[1]) * scale();
    from = [event.clientX, event.clientY];
    show();
  });
  const acts = {in: () => zoom(1 / 1.3, ...middle()), out: () => zoom(1.3, ...middle()),
    all: () => { box = whole.slice(); show(); }, close};
  for (const button of section.querySelectorAll("button"))
    button.addEventListener("click", acts[button.dataset.act]);
  const choose = (row, source) => {
    for (const one of section.querySelectorAll(".chosen")) one.classList.remove("chosen");
    for (const one of section.querySelectorAll(`[data-row="${row}"]`)) {
      one.classList.add("chosen");
      if (one.tagName === "TR" && source !== "table") one.scrollIntoView({block: "center"});
      if (one.tagName === "g" && source === "table") {
        const at = one.transform.baseVal[0].matrix;
        box = [at.e + 116 - box[2] / 2, at.f + 40 - box[3] / 2, box[2], box[3]];
        show();
      }
    }
  };
  for (const one of svg.querySelectorAll("[data-row]")) {
    one.addEventListener("click", () => choose(one.dataset.row, "graph"));
    one.addEventListener("keydown", event => { if (event.key === "Enter") choose(one.dataset.row, "graph"); });
  }
  for (const one of section.querySelectorAll("tr[data-row]"))
    one.addEventListener("click", () => choose(one.dataset.row, "table"));
}
if (sections.length) {
  open(location.hash.slice(1));
  addEventListener("hashchange", () => open(location.hash.slice(1)));
}
"""
