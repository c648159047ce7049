/** What the cart needs to know; prices in cents. */
export const PRODUCTS = {
  sencha: { name: 'Sencha Asahi', cents: 1450, image: '/assets/tin-sencha.svg' },
  assam: { name: 'Assam Borpatra', cents: 1190, image: '/assets/tin-assam.svg' },
  rooibos: { name: 'Rooibos Cederberg', cents: 840, image: '/assets/tin-rooibos.svg' },
  kettle: { name: 'Gooseneck kettle', cents: 7900, image: '/assets/kettle.svg' },
  cup: { name: 'Stoneware cup', cents: 2200, image: '/assets/cup.svg' },
};

export function price(cents) {
  return `€ ${(cents / 100).toFixed(2)}`;
}
