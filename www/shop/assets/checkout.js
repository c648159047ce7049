import { emptyCart } from './cart.js';

/** Wires the checkout page. The order goes nowhere. */
export function startCheckout() {
  const form = document.getElementById('checkout');
  if (!form) {
    return;
  }
  const echo = document.getElementById('card-echo');
  form.elements.card.addEventListener('input', ({ target }) => {
    echo.textContent = target.value && `We charge the card ${target.value}.`;
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    emptyCart();
    form.hidden = true;
    const thanks = document.getElementById('thanks');
    thanks.hidden = false;
    thanks.querySelector('h2').focus();
  });
}
