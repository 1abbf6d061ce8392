"""What the report's page has on top of all pages: its style, and what filters do."""

STYLE = """
.filters{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;position:sticky;top:0;z-index:1;padding:.5rem 0;
background:var(--paper);border-bottom:1px solid var(--line)}
.filters[hidden],[hidden]{display:none!important}
select,input{font:inherit;color:inherit;background:var(--box);border:1px solid var(--line);border-radius:6px;
padding:.15rem .4rem;max-width:22rem}
.file .columns{grid-template-columns:minmax(320px,2fr) 3fr}.graphs{position:sticky;top:3.2rem}
.graphs figure{position:static}.graphs .view{height:70vh}.graphs summary{cursor:pointer;font-weight:600}
article{margin:0 0 .7rem;padding:.4rem .8rem;border:1px solid var(--line);border-left:4px solid;border-radius:6px;
content-visibility:auto;contain-intrinsic-size:auto 170px}
article.info{border-left-color:var(--info)}article.warning{border-left-color:var(--warning)}
article.error{border-left-color:var(--error)}article p{margin:.2rem 0}article[data-row]{cursor:pointer}
article.chosen{background:var(--chosen)}article .severity{text-transform:uppercase;font-size:.75rem}
article.info .severity{color:var(--info)}article.warning .severity{color:var(--warning)}
article.error .severity{color:var(--error)}
pre{margin:.3rem 0;padding:.4rem .2rem;background:var(--box);border-radius:6px;overflow-x:auto;
font:12px/1.5 ui-monospace,monospace}
pre .row{color:var(--soft);user-select:none}mark{background:var(--chosen);color:inherit;font-weight:600}
.note{color:var(--soft)}.verdict.confirmed b{color:var(--error)}.verdict.refuted b{color:var(--info)}
dt{font-weight:600;margin-top:.4rem}dd{margin-left:1.2rem}dt a{color:inherit}
@media(max-width:1000px){.file .columns{grid-template-columns:minmax(0,1fr)}.graphs,.filters{position:static}}
@media print{.filters{display:none}.file .columns{display:block}article{break-inside:avoid;content-visibility:visible}
.graphs{position:static}.graphs .view{height:auto}pre{white-space:pre-wrap;border:1px solid var(--line)}
mark{text-decoration:underline}
h2{break-after:avoid}}
"""

SCRIPT = """
const form = document.querySelector(".filters");
if (form) {
  const articles = [...document.querySelectorAll("article")], files = [...document.querySelectorAll(".file")];
  const words = new Map(articles.map(one => [one, one.textContent.toLowerCase()]));
  const filter = () => {
    const given = [...new FormData(form)].filter(([name, value]) => value);
    const fits = one => given.every(([name, value]) =>
      name === "text" ? words.get(one).includes(value.toLowerCase()) : one.dataset[name] === value);
    let shown = 0;
    for (const one of articles) { one.hidden = !fits(one); shown += !one.hidden; }
    for (const file of files) file.hidden = !file.querySelector("article:not([hidden])");
    form.querySelector("output").textContent = `${shown} of ${articles.length} shown`;
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", event => event.preventDefault());
  filter();
}
"""
