"""What the page of a comparison has on top of the style of all pages."""

STYLE = """
:root{--left:#b3261e;--right:#1b7a3d;--differs:#b86e00;--tint:#fff6e5}
@media(prefers-color-scheme:dark){:root{--left:#ff8a80;--right:#6bd38f;--differs:#f0a940;--tint:#2d2718}}
.answer{font-size:1.05rem;padding:.6rem .9rem;border:1px solid var(--line);border-left:5px solid var(--differs);
border-radius:6px;background:var(--box)}
.answer b{margin-right:.6rem}.answer.same{border-left-color:var(--right)}
.answer.apart{border-left-color:var(--left)}
.columns{grid-template-columns:minmax(420px,1fr) minmax(420px,1fr)}
table.sides{width:auto}table.sides td,table.sides th{padding:.15rem .9rem .15rem 0;border:0;cursor:auto}
section td:nth-child(n+3){width:45%}
tr.differs td{background:var(--tint)}tr:has(+.argument) td{border-bottom:0}tr.argument td:nth-child(2){text-align:right}
svg .sign{text-anchor:middle;fill:var(--soft)}svg text.differs{fill:var(--differs);font-size:18px;font-weight:700}
svg text.left{fill:var(--left)}svg text.right{fill:var(--right)}
svg .differs rect{stroke:var(--differs);stroke-width:2}svg .left rect{stroke:var(--left);stroke-width:2}
svg .right rect{stroke:var(--right);stroke-width:2}svg .argument{font:11px ui-monospace,monospace}
svg .fold rect{stroke-dasharray:5 4}
@media(max-width:1000px){.columns{grid-template-columns:minmax(0,1fr)}}
@media print{section~section{display:none!important}.differs td{background:none}}
"""
