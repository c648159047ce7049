import { startAccount } from './account.js';
import { startCart } from './cart.js';
import { startChat } from './chat.js';
import { startCheckout } from './checkout.js';
import { startHelp } from './help.js';

startCart();
startCheckout();
startAccount();
startHelp();
startChat();
