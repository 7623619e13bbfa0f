// After a link: the same words elsewhere in the article are offered in its card.

/** Ask the server, once a link was made here, whether its words stand elsewhere too. */
export function watchMentions() {
  document.body.addEventListener("annotated", ({ detail }) => {
    if (!detail.linked) return;
    // The new card is put in its place after this event.
    setTimeout(() => {
      const place = document.getElementById(`f-${detail.id}`);
      if (place) htmx.ajax("GET", `/a/${detail.id}/mentions`, { source: place, target: place, swap: "innerHTML" });
    });
  });
}
