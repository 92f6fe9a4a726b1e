/** The page's style: no font, script or picture from elsewhere; dark on devices in dark mode. */
export const style = /* css */ `
:root {
  color-scheme: light dark;
  --ground: #f6f8fa; --surface: #ffffff; --line: #d0d7de; --text: #1b1f24; --quiet: #57606a; --link: #0550ae;
  --success: #116329; --success-ground: #dcf5e3; --danger: #a40e26; --danger-ground: #ffe9e7; --info: #0a4a9e;
  --info-ground: #e0efff; --refused: #6b3fc0; --refused-ground: #f1eaff; --warning: #7a4d00;
  --warning-ground: #fff1cc; --track: #eaeef2;
  --running: #1f883d; --stopped: #6e7781; --failed: #c21d33; --failed-line: #ffd7d5; --moving: #2f6fd0; --moving-ground: #c6dcfa;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0d1117; --surface: #161b22; --line: #343b44; --text: #e6edf3; --quiet: #a3adb8; --link: #84bdff;
    --success: #63d97e; --success-ground: #122b1b; --danger: #ffa19a; --danger-ground: #3a1719; --info: #8cc1ff;
    --info-ground: #11263f; --refused: #cbb0ff; --refused-ground: #261d40; --warning: #eac15b;
    --warning-ground: #30250f; --track: #232a33;
    --running: #3fb950; --stopped: #9aa4ae; --failed: #f2605a; --failed-line: #57100f; --moving: #6aa9ff; --moving-ground: #17345c;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--surface); z-index: 1; }
.width { max-width: 68rem; margin: 0 auto; padding-left: 1.25rem; padding-right: 1.25rem; }
.top { background: var(--surface); border-bottom: 1px solid var(--line); border-top: .375rem solid var(--tone); padding: 1.5rem 0 1.25rem; }
.success { --tone: var(--success); --tone-ground: var(--success-ground); }
.danger { --tone: var(--danger); --tone-ground: var(--danger-ground); }
.info { --tone: var(--info); --tone-ground: var(--info-ground); }
.refused { --tone: var(--refused); --tone-ground: var(--refused-ground); }
.warning { --tone: var(--warning); --tone-ground: var(--warning-ground); }
h1, h2, h3, p, ul, ol, dl, dd { margin: 0; }
h1 { font-size: clamp(1.5rem, 5vw, 2rem); line-height: 1.2; letter-spacing: -.01em; }
h1 .place { font-weight: 400; color: var(--quiet); }
h2 { font-size: 1.2rem; line-height: 1.3; margin-bottom: .75rem; }
.lead { color: var(--quiet); }
h2 .count { font-weight: 400; color: var(--quiet); }
h3 { font-size: 1rem; line-height: 1.4; }
.conclusion { display: inline-flex; align-items: center; gap: .5rem; margin: .75rem 0; padding: .25rem .75rem .25rem .5rem; border-radius: 2rem; font-weight: 600; color: var(--tone); background: var(--tone-ground); }
.conclusion svg { flex: none; }
.summary p + p { margin-top: .15rem; }
.facts { display: flex; flex-wrap: wrap; gap: .75rem 2rem; margin-top: 1rem; }
.facts dt { font-size: .8rem; color: var(--quiet); }
.facts dd { font-variant-numeric: tabular-nums; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding-top: .75rem; padding-bottom: .75rem; list-style: none; }
nav { border-bottom: 1px solid var(--line); }
nav a { display: inline-block; padding: .15rem 0; }
main { padding-top: .5rem; padding-bottom: 3rem; }
section { margin-top: 2rem; }
.cards { list-style: none; padding: 0; display: grid; gap: .75rem; }
.card { min-width: 0; background: var(--surface); border: 1px solid var(--line); border-left: .3rem solid var(--danger); border-radius: .5rem; padding: .75rem 1rem; }
.message { white-space: pre-wrap; }
.card .message { margin-top: .25rem; }
.quiet { color: var(--quiet); font-weight: 400; }
code { font: .92em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.scroll { overflow-x: auto; background: var(--surface); border: 1px solid var(--line); border-radius: .5rem; }
table { border-collapse: collapse; width: 100%; font-size: .93rem; }
caption { text-align: left; padding: .6rem .9rem; color: var(--quiet); font-size: .85rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .9rem; border-top: 1px solid var(--line); }
thead th::first-letter { text-transform: uppercase; }
thead th { font-size: .8rem; color: var(--quiet); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 600; min-width: 8rem; }
td.text { min-width: 7rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.badges { display: flex; flex-wrap: wrap; gap: .3rem; }
.badge { display: inline-block; padding: 0 .5rem; border: 1px solid var(--line); border-radius: 1rem; font-size: .85rem; }
.badge:not(.neutral) { color: var(--tone); background: var(--tone-ground); border-color: currentColor; }
.badge.danger { font-weight: 700; }
.fields { list-style: none; padding: 0; font: .85rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; min-width: 14rem; }
.result:not(.neutral) { color: var(--tone); }
.result.danger, .result.warning { font-weight: 600; }
h3 .result { font-size: .9rem; margin-left: .35rem; }
details { margin-top: .75rem; }
summary { cursor: pointer; padding: .4rem .25rem; color: var(--link); font-weight: 600; border-radius: 4px; }
.names { list-style: none; padding: .25rem 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(12rem, 100%), 1fr)); gap: .15rem 1rem; }
.messages { padding-left: 1.2rem; display: grid; gap: .35rem; }
section > * + .scroll, section > h3 { margin-top: .75rem; }
.patterns { position: absolute; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.25rem; list-style: none; padding: 0; font-size: .85rem; }
.legend li { display: inline-flex; align-items: center; gap: .45rem; }
.legend svg { flex: none; }
.ruler, .timelines { background: var(--surface); border: 1px solid var(--line); padding: 0 .9rem; }
.ruler { border-radius: .5rem .5rem 0 0; border-bottom: 0; margin-top: .75rem; padding-top: .35rem; }
.timelines { list-style: none; border-radius: 0 0 .5rem .5rem; }
.timelines li { border-top: 1px solid var(--line); padding: .35rem 0 .15rem; }
.timelines li:first-child { border-top-color: transparent; }
.timelines p { font-size: .93rem; line-height: 1.35; }
.timelines .name { font-weight: 600; }
.timeline, .axis { display: block; overflow: visible; }
.timeline text, .axis text { font-size: 11px; fill: var(--quiet); }
.axis path { stroke: var(--quiet); }
.track { fill: var(--track); }
.running { fill: var(--running); }
.awaited { fill: url(#fill-awaited); } .gap { stroke: var(--surface); stroke-width: 2; }
.transition { fill: url(#fill-transition); } .transition-ground { fill: var(--moving-ground); } .transition-line { stroke: var(--moving); stroke-width: 3; }
.failed { fill: url(#fill-failed); } #fill-failed .failed { fill: var(--failed); } .failed-line { stroke: var(--failed-line); stroke-width: 1.4; }
.stopped { fill: var(--surface); stroke: var(--stopped); stroke-width: 1.5; }
.absent path { stroke: var(--stopped); stroke-width: 2; stroke-dasharray: 2 4; }
.mark { fill: var(--text); }
footer { border-top: 1px solid var(--line); padding: 1rem 0 2rem; color: var(--quiet); font-size: .85rem; }
@media (min-width: 48rem) {
  .ruler { padding-left: 17.9rem; }
  .timelines li { display: grid; grid-template-columns: 16rem minmax(0, 1fr); gap: 1rem; align-items: center; }
}
@media (max-width: 47.99rem) {
  .wide { display: none; }
}
@media (forced-colors: active) {
  .timeline, .axis, .legend svg, .patterns { forced-color-adjust: none; background: Canvas; }
}
@media print {
  body { background: none; font-size: 12px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  nav, .skip { display: none; }
  details::details-content { display: block; content-visibility: visible; }
  .scroll { overflow: visible; }
  tr, .card, .timelines li { break-inside: avoid; }
}
`;
