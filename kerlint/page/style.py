"""The style of all pages, light, dark and in print: no more than fits a file that stands alone."""

BASE = """
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
.view{height:82vh;overflow:hidden;border:1px solid var(--line);border-radius:8px;cursor:grab;touch-action:pan-y}
.view:focus-within{touch-action:none;border-color:var(--soft)}.view svg:focus{outline:none}
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
@media(max-width:1000px){.columns{grid-template-columns:minmax(0,1fr)}td{overflow-wrap:anywhere}figure{position:static}.view{height:60vh}}
@media print{:root{--ink:#000;--soft:#444;--paper:#fff;--box:#fff;--line:#999}nav,.tools{display:none}
section{display:block!important;break-after:page}.columns{display:block}figure{position:static}
.view{height:auto;border:0}.view svg{height:auto;max-height:95vh}}
"""
