// A page that comes back with a fault: what is wrong first takes the focus, its words in sight.
const wrong =
  document.querySelector("[aria-invalid='true']:not([type='hidden'])") ??
  document
    .querySelector(".errorlist.nonfield")
    ?.closest("form")
    ?.querySelector("input:not([type='hidden']), select, textarea");

if (wrong) {
  const folded = wrong.closest("details");
  if (folded) folded.open = true;
  wrong.focus();
  wrong.closest(".field")?.scrollIntoView({ block: "nearest" });
}
