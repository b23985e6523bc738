/**
 * The keyboard on the screen: where it lies over the page, the page fills what is left, so that
 * the header, the newest words and the box all stay in sight.  Draws nothing.
 */

/** Less than this is a toolbar that comes and goes, no keyboard. */
const KEYBOARD_PX = 80;
/** With less room than this, what can wait gives way to the conversation. */
const LOW_PX = 420;

/** Keep the page within what can be seen. */
export function followKeyboard() {
  const seen = window.visualViewport;
  if (!seen) return;
  const { documentElement: page } = document;
  const fit = () => {
    const closer = seen.scale > 1.01; // she looks closer; nothing covers the page
    const hidden = closer ? 0 : window.innerHeight - seen.height;
    const covered = hidden > KEYBOARD_PX ? Math.round(hidden) : 0;
    const before = page.style.getPropertyValue("--covered");
    page.style.setProperty("--covered", covered + "px");
    page.classList.toggle("low", !closer && seen.height < LOW_PX);
    if (covered && seen.offsetTop > 0) window.scrollTo(0, 0); // moved up by the phone to show the box
    const field = document.activeElement;
    if (covered && before !== covered + "px" && field && field.matches("input, select, textarea")) field.scrollIntoView({ block: "nearest" });
  };
  seen.addEventListener("resize", fit);
  seen.addEventListener("scroll", fit);
  fit();
}
