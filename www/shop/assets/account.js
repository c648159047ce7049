/** Wires the account page. Any email and password sign in. */
export function startAccount() {
  const form = document.getElementById('account');
  if (!form) {
    return;
  }
  const { password } = form.elements;
  document.getElementById('show-password').addEventListener('change', ({ target }) => {
    password.type = target.checked ? 'text' : 'password';
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    form.hidden = true;
    const welcome = document.getElementById('welcome');
    welcome.hidden = false;
    welcome.querySelector('h2').focus();
  });
}
