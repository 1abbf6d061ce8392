"""The behaviour of a page: tabs open sections; graphs are dragged and zoomed; a box finds its row."""

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
function graph(figure) {
  const svg = figure.querySelector("svg.graph");
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
  const start = () => { if (whole[3] > 1500 || whole[2] < svg.clientWidth) close(); };
  figure.querySelector(".view").style.maxHeight = whole[3] + "px";
  svg.removeAttribute("width"); svg.removeAttribute("height");
  if (svg.clientWidth) start();
  else figure.closest("details")?.addEventListener("toggle", start, {once: true});
  svg.setAttribute("tabindex", "-1");
  svg.addEventListener("wheel", event => {
    if (!event.ctrlKey && !event.metaKey && !figure.contains(document.activeElement)) return;
    event.preventDefault();
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, at.x, at.y);
  }, {passive: false});
  let from = null;
  svg.addEventListener("pointerdown", event => { from = [event.clientX, event.clientY]; });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => { from = null; });
  svg.addEventListener("pointermove", event => {
    if (!from) return;
    box[0] -= (event.clientX - from[0]) * scale(); box[1] -= (event.clientY - from[1]) * scale();
    from = [event.clientX, event.clientY];
    show();
  });
  const acts = {in: () => zoom(1 / 1.3, ...middle()), out: () => zoom(1.3, ...middle()),
    all: () => { box = whole.slice(); show(); }, close};
  for (const button of figure.querySelectorAll("button"))
    button.addEventListener("click", acts[button.dataset.act]);
  addEventListener("beforeprint", () => svg.setAttribute("viewBox", whole.join(" ")));
  addEventListener("afterprint", show);
  return one => {
    const at = one.transform.baseVal[0].matrix;
    box = [at.e + 116 - box[2] / 2, at.f + 40 - box[3] / 2, box[2], box[3]];
    show();
  };
}
for (const area of document.querySelectorAll(".columns")) {
  const look = new Map([...area.querySelectorAll("figure")].map(one => [one, graph(one)]));
  const choose = (row, source) => {
    for (const one of area.querySelectorAll(".chosen")) one.classList.remove("chosen");
    for (const one of area.querySelectorAll("[data-row]")) {
      if (!one.dataset.row.split(" ").some(part => row.split(" ").includes(part))) continue;
      one.classList.add("chosen");
      const figure = one.closest("figure");
      if (!figure && source === "graph") one.scrollIntoView({block: "center"});
      if (figure && source === "text") look.get(figure)(one);
    }
  };
  for (const one of area.querySelectorAll("[data-row]")) {
    const source = one.closest("figure") ? "graph" : "text";
    one.addEventListener("click", () => choose(one.dataset.row, source));
    if (source === "graph")
      one.addEventListener("keydown", event => { if (event.key === "Enter") choose(one.dataset.row, source); });
  }
}
if (sections.length) {
  open(location.hash.slice(1));
  addEventListener("hashchange", () => open(location.hash.slice(1)));
}
"""
