// A long list in, its items one after another out, with pauses in which the page draws and listens.

const FIRST = 12; // ms of work before the first pause
const LONGEST = 100; // and between later ones: each pause may lay the whole page out again

/** Goes through a list for as long as `isWanted` says so after a pause. */
export async function* sliced(items, isWanted) {
  let since = performance.now();
  let slice = FIRST;
  for (const item of items) {
    yield item;
    if (performance.now() - since < slice) continue;
    await new Promise((done) => setTimeout(done));
    if (!isWanted()) return;
    since = performance.now();
    slice = Math.min(2 * slice, LONGEST);
  }
}
