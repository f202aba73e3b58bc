/*
 * qui.js - near me: asks the browser where it is, when somebody presses the button and says yes.
 *
 * The point goes out rounded to about a kilometre and comes back as the name of a comune, written in
 * the field for everybody to see and to correct. Without this script the field is filled in by hand.
 */
const field = document.querySelector('[data-qui]');
const row = document.querySelector('[data-qui-riga]');
const button = row.querySelector('button');
const said = row.querySelector('[role=status]');
const no = () => {
  said.textContent = said.dataset.quiNo;
  button.disabled = false;
  field.focus();
};

row.hidden = !navigator.geolocation;
button.addEventListener('click', () => {
  button.disabled = true;
  navigator.geolocation.getCurrentPosition(async (place) => {
    const point = `lat=${place.coords.latitude.toFixed(2)}&lon=${place.coords.longitude.toFixed(2)}`;

    try {
      const answer = await fetch(`${button.dataset.quiVai}?${point}`);

      field.value = (await answer.json()).comune;
      said.textContent = field.value;
      button.disabled = false;
      field.focus();
    } catch {
      no();
    }
  }, no, { maximumAge: 600000, timeout: 10000 });
});
