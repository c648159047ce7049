import { startAccount } from './account.js';
import { startCart } from './cart.js';
import { startChat, startInvitations } from './chat.js';
import { startCheckout } from './checkout.js';
import { startHelp } from './help.js';

startInvitations();
startCart();
startCheckout();
startAccount();
startHelp();
startChat();
