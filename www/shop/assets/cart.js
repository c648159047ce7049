import { PRODUCTS, price } from './products.js';

const STORE = 'cart';

/** Wires "Add to cart", the count in the header and the cart page. */
export function startCart() {
  for (const button of document.querySelectorAll('[data-add]')) {
    button.addEventListener('click', () => {
      change(button.dataset.add, 1);
      button.textContent = 'Added to cart';
      setTimeout(() => {
        button.textContent = 'Add to cart';
      }, 1500);
    });
  }
  addEventListener('storage', draw);
  draw();
}

export function emptyCart() {
  localStorage.removeItem(STORE);
  draw();
}

/** @returns {Record<string, number>} How many of each product. */
function read() {
  try {
    const cart = JSON.parse(localStorage.getItem(STORE)) ?? {};
    return Object.fromEntries(Object.entries(cart).filter(([id]) => id in PRODUCTS));
  } catch {
    return {};
  }
}

function change(id, by) {
  const cart = read();
  cart[id] = (cart[id] ?? 0) + by;
  if (cart[id] <= 0) {
    delete cart[id];
  }
  localStorage.setItem(STORE, JSON.stringify(cart));
  draw();
}

function draw() {
  const cart = read();
  const count = Object.values(cart).reduce((sum, number) => sum + number, 0);
  const badge = document.getElementById('cart-count');
  badge.hidden = count === 0;
  badge.textContent = count;
  const page = document.getElementById('cart');
  if (page) {
    page.replaceChildren(...(count ? filled(cart) : empty()));
  }
}

function empty() {
  const text = document.createElement('p');
  text.innerHTML = 'It is empty. <a href="/teas">See the teas</a>';
  return [text];
}

function filled(cart) {
  const list = document.createElement('ul');
  list.className = 'lines';
  list.append(...Object.entries(cart).map(([id, number]) => line(id, number)));
  const cents = Object.entries(cart).reduce((sum, [id, n]) => sum + PRODUCTS[id].cents * n, 0);
  const total = document.createElement('p');
  total.className = 'total';
  total.innerHTML = `Total <b>${price(cents)}</b>`;
  const next = document.createElement('p');
  next.innerHTML = '<a class="button" href="/checkout">Go to checkout</a>';
  return [list, total, next];
}

function line(id, number) {
  const { name, cents, image } = PRODUCTS[id];
  const item = document.createElement('li');
  item.innerHTML = `
    <img src="${image}" alt="" width="72" height="60">
    <a href="/${id}">${name}</a>
    <span class="number">
      <button type="button" aria-label="One ${name} less">−</button>
      <span>${number}</span>
      <button type="button" aria-label="One ${name} more">+</button>
    </span>
    <span class="price">${price(cents * number)}</span>`;
  const [less, more] = item.querySelectorAll('button');
  less.addEventListener('click', () => change(id, -1));
  more.addEventListener('click', () => change(id, 1));
  return item;
}
